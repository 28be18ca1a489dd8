package io.cnishift.simulator.world;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Guard;
import io.cnishift.api.port.GuardPort;
import io.cnishift.api.port.Question;
import io.cnishift.simulator.Kernel;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at guards in virtual time, when the run comes by and a sample is due: looking changes nothing, so it is no event of the
 * simulated world. A URL is answered when an Ingress has its host, by the load balancer's paths; latency, alarms and Prometheus
 * there are none.
 */
final class SimulatedGuards implements GuardPort {

    private final Kernel kernel;

    SimulatedGuards(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel);
    }

    private record Route(String ingress, String host, String path) {}

    @Override
    public Watch watch(List<Guard> guards, Duration every) {
        return new Watch() {
            private Instant due = Instant.MIN;

            @Override
            public List<Sample> taken() {
                Instant now = kernel.clock().now();
                if (now.isBefore(due)) {
                    return List.of();
                }
                due = now.plus(every);
                return guards.stream().map(g -> sample(g, now)).toList();
            }

            @Override
            public void close() {}
        };
    }

    private Sample sample(Guard guard, Instant now) {
        if (guard.kind() != Guard.Kind.URL) {
            return new Sample(guard, Verdict.ABSENT, absent(guard.kind()), now);
        }
        URI url = URI.create(guard.subject());
        String path = url.getPath().isEmpty() ? "/" : url.getPath();
        Optional<Route> route = route(url.getHost(), path);
        if (route.isEmpty()) {
            return new Sample(
                    guard, Verdict.ABSENT, "no Ingress of the simulated cluster has the host " + url.getHost(), now);
        }
        String name = "ingress " + route.get().ingress() + " " + route.get().host() + " " + path;
        Answer answer =
                kernel.reach(Question.of(Question.From.CLIENT, "", Question.To.URL, name, Question.Protocol.HTTP, 0));
        return new Sample(guard, answer.reached() ? Verdict.GREEN : Verdict.RED, answer.evidence(), now);
    }

    private static String absent(Guard.Kind kind) {
        String none = switch (kind) {
            case ALARM -> "a simulated cluster has no CloudWatch";
            case PROM -> "a simulated cluster has no Prometheus";
            case URL, SERVICE -> "a simulated cluster has none";
        };
        return none + "; it can watch service:NAMESPACE/NAME, and URLs of hosts that an Ingress has";
    }

    /** The rule with the longest path that a request for that host, or to that load balancer by its own name, meets. */
    private Optional<Route> route(String host, String path) {
        return kernel.objects().list("Ingress").stream()
                .flatMap(ingress -> routes(ingress, host))
                .filter(r -> path.startsWith(r.path()))
                .max(Comparator.comparing(r -> r.path().length()));
    }

    private static Stream<Route> routes(Map<String, Object> ingress, String host) {
        String key = Tree.text(ingress, "metadata", "namespace").orElse("") + "/"
                + Tree.text(ingress, "metadata", "name").orElse("");
        boolean balancer = Tree.maps(ingress, "status", "loadBalancer", "ingress").stream()
                .anyMatch(b -> Tree.text(b, "hostname").filter(host::equals).isPresent());
        return Tree.maps(ingress, "spec", "rules").stream()
                .filter(rule -> Tree.text(rule, "host").map(host::equals).orElse(balancer))
                .flatMap(rule -> Tree.maps(rule, "http", "paths").stream()
                        .map(p -> new Route(key, host, Tree.text(p, "path").orElse("/"))));
    }
}
