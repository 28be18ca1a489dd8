package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The DNS names of load balancers: the controller writes them into the status of the Ingresses and Services that they are for. */
final class BalancerNames {

    private static final String MANAGER = "controller";
    private static final int DIGITS = 1_000_000_000;

    private final Kernel kernel;

    BalancerNames(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
    }

    /** Writes the name of a stack's load balancer where it is not written yet. */
    void announce(Stack stack, LoadBalancer balancer) {
        List<Map<String, Object>> objects = objects(stack.kind(), stack.id()).toList();
        if (objects.stream().allMatch(o -> name(o).isPresent())) {
            return;
        }
        String name = objects.stream()
                .flatMap(o -> name(o).stream())
                .findFirst()
                .orElseGet(
                        () -> balancer.name() + "-" + (DIGITS + balancer.arn().hashCode() % DIGITS) + "."
                                + kernel.snapshot().cluster().region() + ".elb.amazonaws.com");
        objects.stream().filter(o -> name(o).isEmpty()).forEach(o -> write(o, name));
    }

    /** The names that lead to a load balancer, as its Ingresses and Services show them. */
    List<String> of(LoadBalancer balancer) {
        return Stream.of("ingress", "service")
                .flatMap(kind -> Optional.ofNullable(balancer.tags().get(kind + ".k8s.aws/stack"))
                        .map(id -> objects(kind, id))
                        .orElse(Stream.empty()))
                .flatMap(o -> name(o).stream())
                .distinct()
                .toList();
    }

    private Stream<Map<String, Object>> objects(String kind, String id) {
        return kind.equals("ingress")
                ? kernel.objects().list("Ingress").stream()
                        .filter(i -> UrlPaths.stackOf(i).equals(id))
                : kernel.objects().list("Service").stream()
                        .filter(s ->
                                id.equals(Tree.text(s, "metadata", "namespace").orElse("") + "/"
                                        + Tree.text(s, "metadata", "name").orElse("")));
    }

    private void write(Map<String, Object> object, String name) {
        kernel.objects()
                .updateStatus(
                        Tree.text(object, "kind").orElse(""),
                        Tree.text(object, "metadata", "namespace").orElse(""),
                        Tree.text(object, "metadata", "name").orElse(""),
                        MANAGER,
                        o -> Trees.with(o, List.of(Trees.of("hostname", name)), "status", "loadBalancer", "ingress"));
    }

    private static Optional<String> name(Map<String, Object> object) {
        return Tree.maps(object, "status", "loadBalancer", "ingress").stream()
                .flatMap(i -> Tree.text(i, "hostname").stream())
                .findFirst();
    }
}
