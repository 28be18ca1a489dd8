package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Rule;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.elb.TargetWays.Outcome;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Passage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The paths that load balancers serve: one for each listener rule. A request goes by weight to a target group, there to a
 * target in rotation: the healthy ones; when none is healthy and none still registers, all of them (fail open).
 */
final class Paths {

    private final Cloud cloud;
    private final TargetGroups groups;
    private final TargetWays ways;

    Paths(Kernel kernel) {
        cloud = Cloud.of(kernel);
        groups = TargetGroups.of(kernel);
        ways = TargetWays.of(kernel);
    }

    /** A rule of a listener. */
    record Path(LoadBalancer balancer, int port, Rule rule) {
        Path {
            Objects.requireNonNull(balancer, "balancer");
            Objects.requireNonNull(rule, "rule");
        }

        /** Name of the path for people. */
        String name() {
            return "load balancer " + balancer.name() + ":" + port
                    + (rule.conditions().equals("default") ? "" : " " + rule.conditions());
        }
    }

    /**
     * What becomes of requests.
     *
     * @param served some requests are answered
     * @param lost why some are not; empty when all are answered
     */
    record State(Served served, List<String> lost) {
        State {
            lost = List.copyOf(lost);
        }

        Passage passage() {
            return served == Served.ALL ? Passage.through("all targets answer") : Passage.broken(lost.get(0));
        }
    }

    /** How many requests are answered. */
    enum Served {
        ALL,
        SOME,
        NONE
    }

    /** All paths that lead anywhere. */
    List<Path> all() {
        Collection<LoadBalancer> balancers = cloud.view().all(Part.LOAD_BALANCERS, LoadBalancer.class);
        return balancers.stream()
                .flatMap(b -> b.listeners().stream()
                        .flatMap(l -> l.rules().stream()
                                .filter(r -> !r.forward().isEmpty())
                                .map(r -> new Path(b, l.port(), r))))
                .toList();
    }

    boolean stands(LoadBalancer balancer) {
        return cloud.view()
                .get(Part.LOAD_BALANCERS, LoadBalancer.class, balancer.key())
                .isPresent();
    }

    /** How a path is served now. */
    State state(Path path) {
        List<Outcome> all = new ArrayList<>();
        End end = ways.end(path.balancer());
        for (Weighted forward : path.rule().forward()) {
            if (forward.weight() > 0 || path.rule().forward().size() == 1) {
                all.addAll(through(end, forward.targetGroup()));
            }
        }
        Set<String> reasons = new LinkedHashSet<>();
        boolean none = true;
        for (Outcome outcome : all) {
            reasons.addAll(outcome.lost());
            none &= !outcome.open();
        }
        List<String> lost = List.copyOf(reasons);
        return new State(
                none ? Served.NONE : lost.isEmpty() ? Served.ALL : Served.SOME,
                none && lost.isEmpty() ? List.of("no target group has any weight") : lost);
    }

    private List<Outcome> through(End balancer, String arn) {
        return groups.find(arn)
                .map(g -> {
                    List<Target> rotation = rotation(g);
                    return rotation.isEmpty()
                            ? lost("target group " + g.name() + " has no target in rotation")
                            : rotation.stream()
                                    .map(t -> ways.through(balancer, g, t))
                                    .toList();
                })
                .orElseGet(() -> lost("there is no target group " + arn));
    }

    private static List<Outcome> lost(String why) {
        return List.of(new Outcome(false, List.of(why)));
    }

    /** What the state of a path depends on: it is as it was while these are equal. */
    List<Object> basis(Path path) {
        List<Object> basis = new ArrayList<>();
        basis.add(path);
        for (Weighted forward : path.rule().forward()) {
            // what is compared sooner first
            basis.add(ways.version(forward.targetGroup()));
            basis.add(groups.find(forward.targetGroup()));
        }
        return basis;
    }

    /** The targets to which requests are sent. */
    static List<Target> rotation(TargetGroup group) {
        List<Target> healthy = in(group, "healthy");
        return healthy.isEmpty() && in(group, "initial").isEmpty() ? in(group, "unhealthy") : healthy;
    }

    private static List<Target> in(TargetGroup group, String health) {
        List<Target> in = new ArrayList<>();
        for (Target target : group.targets()) {
            if (target.health().equals(health)) {
                in.add(target);
            }
        }
        return in;
    }
}
