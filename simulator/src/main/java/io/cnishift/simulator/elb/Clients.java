package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Resolvers;
import io.cnishift.simulator.net.ClusterMesh;
import io.cnishift.simulator.net.Pulse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which load balancers clients are led to. Those of a cluster alone always are: by a name that is not of this world, or by the load
 * balancer's own. Of two clusters it is the names that decide, where there are any; nobody knows a load balancer of the second one by its own.
 * That of an API server of a mesh is asked by agents alone, who go on with what they know while nobody answers: what is lost to pods
 * {@link ClusterMesh} says.
 */
public final class Clients {

    private final Kernel kernel;
    private final BalancerNames names;
    private final Optional<Resolvers> resolvers;
    private final boolean second;
    private final Map<String, List<String>> known = new HashMap<>();

    private Clients(Kernel kernel, Optional<Resolvers> resolvers, boolean second) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.names = new BalancerNames(kernel);
        this.resolvers = resolvers;
        this.second = second;
    }

    /** The clients of that world. */
    static Clients of(Kernel kernel) {
        return kernel.shared(Clients.class, k -> new Clients(k, Optional.empty(), false));
    }

    /** Lets two worlds have the same clients, who go by the names that the first one's cloud knows. */
    public static void share(Kernel first, Kernel second) {
        Resolvers resolvers = Resolvers.of(first);
        resolvers.listen(() -> {
            Pulse.of(first).beat();
            Pulse.of(second).beat();
        });
        first.shared(Clients.class, k -> new Clients(k, Optional.of(resolvers), false));
        second.shared(Clients.class, k -> new Clients(k, Optional.of(resolvers), true));
    }

    /** Whether any request comes to that load balancer now. */
    boolean led(LoadBalancer balancer) {
        if (StackDeployer.tag(balancer).filter(ClusterMesh.API_SERVER::equals).isPresent()) {
            return false;
        }
        if (resolvers.isEmpty()) {
            return true;
        }
        List<String> hosts = hosts(balancer);
        boolean answered = hosts.stream().anyMatch(resolvers.get()::know);
        return answered || (!second && hosts.stream().noneMatch(resolvers.get()::named) && !everNamed(hosts));
    }

    /** The names by which it is or was known: clients go on with them when the object is gone that showed them. */
    private List<String> hosts(LoadBalancer balancer) {
        List<String> now = names.of(balancer);
        if (!now.isEmpty()) {
            known.put(balancer.arn(), now);
        }
        return known.getOrDefault(balancer.arn(), List.of());
    }

    /** Whether a name leads to that load balancer of the second cluster: it has to serve then, whether it ever did or not. */
    boolean sent(LoadBalancer balancer) {
        return second && led(balancer);
    }

    /** A load balancer to which a name led at the start has no clients beside those that go by the name. */
    private boolean everNamed(List<String> hosts) {
        return kernel.snapshot().dnsRecords().stream()
                .anyMatch(r -> hosts.stream().anyMatch(r::leadsTo));
    }
}
