package io.cnishift.engine.step;

import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the target groups of a Service could take traffic: all targets that should be there are, and are healthy. */
final class TargetHealth {

    static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final String UNUSED = "unused";
    /** What the controller needs to register a new target, at most. */
    private static final int CONTROLLER_SECONDS = 30;

    private static final Set<String> NOT_YET = Set.of("initial", "unhealthy", UNUSED, "unavailable");

    private TargetHealth() {}

    /** Target groups that the load balancer controller made for a Service. */
    static List<TargetGroup> of(View view, String service, String type) {
        return view.targetGroupsOf(service).stream()
                .filter(t -> t.targetType().equals(type))
                .toList();
    }

    /** What is missing until the target groups of that type can take all traffic; empty when nothing is. */
    static Optional<String> missing(View view, String service, String type) {
        List<TargetGroup> groups = of(view, service, type);
        if (groups.isEmpty()) {
            return Optional.of("waiting for a target group with " + type + " targets for " + service);
        }
        return groups.stream().flatMap(g -> missing(view, g).stream()).findFirst();
    }

    /** Seconds until load balancers that send to the addresses of a workload's pods take a new one; 0 without any. */
    static int takes(View view, Workload workload) {
        return view.podsOf(workload.key()).stream()
                .flatMap(p -> view.servicesOf(p).stream())
                .distinct()
                .flatMap(s -> of(view, s.key(), "ip").stream())
                .mapToInt(g -> CONTROLLER_SECONDS + g.healthCheckSeconds() * g.healthyThreshold())
                .max()
                .orElse(0);
    }

    private static Optional<String> missing(View view, TargetGroup group) {
        Set<String> outOfReach = outOfReach(group);
        long sick = group.targets().stream()
                .filter(t -> NOT_YET.contains(t.health()) && !outOfReach.contains(t.id()))
                .count();
        long healthy = group.count("healthy");
        long wanted = group.targetType().equals("instance") ? Math.max(1, eligible(view, outOfReach)) : 1;
        return sick == 0 && healthy >= wanted
                ? Optional.empty()
                : Optional.of("target group " + group.name() + ": " + healthy + " of "
                        + Math.max(wanted, healthy + sick) + " targets healthy");
    }

    /**
     * Targets that its load balancer never sends to: unused although the group is in use, so their zone is none of the load
     * balancer's.
     */
    private static Set<String> outOfReach(TargetGroup group) {
        boolean inUse = group.targets().stream().anyMatch(t -> !t.health().equals(UNUSED));
        return group.targets().stream()
                .filter(t -> inUse && t.health().equals(UNUSED))
                .map(TargetGroup.Target::id)
                .collect(Collectors.toSet());
    }

    /** Nodes that the controller registers as instance targets, and that are sent to. */
    private static long eligible(View view, Set<String> outOfReach) {
        return view.nodes().stream()
                .filter(n -> n.ready() && n.linux() && !n.labels().containsKey(EXCLUDED))
                .filter(n -> n.instance().filter(i -> !outOfReach.contains(i)).isPresent())
                .filter(n -> !n.fargate())
                .count();
    }
}
