package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.elb.Paths.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the paths that a URL takes. */
final class UrlPaths {

    private final Kernel kernel;
    private final Paths paths;
    private final TargetGroups groups;

    UrlPaths(Kernel kernel, Paths paths) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.paths = Objects.requireNonNull(paths, "paths");
        groups = TargetGroups.of(kernel);
    }

    /** The paths of a URL: for an Ingress the first rule that matches, for a Service all that lead to it. */
    List<Path> of(String url) {
        String[] words = url.split(" ", -1);
        if (words.length >= 2 && words[0].equals("service")) {
            return paths.all().stream().filter(p -> leadsTo(p, words[1])).toList();
        }
        if (words.length >= 2 && words[0].equals("ingress")) {
            String host = words.length > 2 ? words[2] : "";
            String path = words.length > 3 ? words[3] : "/";
            return stack(words[1])
                    .flatMap(s -> paths.all().stream()
                            .filter(p -> s.equals(p.balancer().tags().get("ingress.k8s.aws/stack")))
                            .filter(p -> matches(p.rule().conditions(), host, path))
                            .findFirst())
                    .map(List::of)
                    .orElse(List.of());
        }
        return List.of();
    }

    private boolean leadsTo(Path path, String service) {
        return path.rule().forward().stream()
                .map(Weighted::targetGroup)
                .flatMap(a -> groups.find(a).stream())
                .map(TargetGroup::service)
                .anyMatch(Optional.of(service)::equals);
    }

    /** The group of Ingresses that share a load balancer: the named one, or the Ingress alone. */
    private Optional<String> stack(String ingress) {
        int slash = ingress.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : kernel.objects()
                        .get("Ingress", ingress.substring(0, slash), ingress.substring(slash + 1))
                        .map(UrlPaths::stackOf);
    }

    /** The tag by which the controller knows the load balancer of an Ingress. */
    static String stackOf(Map<String, Object> ingress) {
        String group = Tree.strings(ingress, "metadata", "annotations").get("alb.ingress.kubernetes.io/group.name");
        return group != null
                ? group
                : Tree.text(ingress, "metadata", "namespace").orElse("") + "/"
                        + Tree.text(ingress, "metadata", "name").orElse("");
    }

    /** Whether a rule's conditions, {@code host=a.example path=/x}, hold for a request; the path as a prefix. */
    static boolean matches(String conditions, String host, String path) {
        if (conditions.equals("default")) {
            return true;
        }
        for (String condition : conditions.split(" ", -1)) {
            if (condition.startsWith("host=")
                    && !condition.substring("host=".length()).equals(host)) {
                return false;
            }
            if (condition.startsWith("path=") && !under(path, condition.substring("path=".length()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean under(String path, String prefix) {
        String stem = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return path.equals(prefix) || path.equals(stem) || path.startsWith(stem + "/");
    }
}
