package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Rule;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.net.Passage;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The paths that load balancers serve: one for each listener rule. A request goes by weight to a target group, there to a
 * target in rotation: the healthy ones; when none is healthy and none still registers, all of them (fail open).
 */
final class Paths {

    private final Cloud cloud;
    private final TargetGroups groups;
    private final TargetWays ways;
    private long listed = -1;
    private List<Path> all = List.of();

    Paths(Kernel kernel) {
        cloud = Cloud.of(kernel);
        groups = TargetGroups.of(kernel);
        ways = TargetWays.of(kernel);
    }

    /**
     * A rule of a listener.
     *
     * @param name for people
     */
    record Path(LoadBalancer balancer, int port, Rule rule, String name) {
        Path {
            Objects.requireNonNull(balancer, "balancer");
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(name, "name");
        }

        private static Path of(LoadBalancer balancer, int port, Rule rule) {
            String conditions = rule.conditions().equals("default") ? "" : " " + rule.conditions();
            return new Path(balancer, port, rule, "load balancer " + balancer.name() + ":" + port + conditions);
        }
    }

    /**
     * What becomes of requests.
     *
     * @param lost why some are not answered; empty when all are
     */
    record State(Served served, Optional<String> lost) {

        Passage passage() {
            return lost.map(Passage::broken).orElseGet(() -> Passage.through("all targets answer"));
        }
    }

    /** All paths that lead anywhere. */
    List<Path> all() {
        long version = cloud.version(Part.LOAD_BALANCERS);
        if (version != listed) {
            listed = version;
            all = list();
        }
        return all;
    }

    private List<Path> list() {
        Collection<LoadBalancer> balancers = cloud.view().all(Part.LOAD_BALANCERS, LoadBalancer.class);
        return balancers.stream()
                .flatMap(b -> b.listeners().stream()
                        .flatMap(l -> l.rules().stream()
                                .filter(r -> !r.forward().isEmpty())
                                .map(r -> Path.of(b, l.port(), r))))
                .toList();
    }

    boolean stands(LoadBalancer balancer) {
        return cloud.view()
                .get(Part.LOAD_BALANCERS, LoadBalancer.class, balancer.key())
                .isPresent();
    }

    /** How a path is served now. */
    Served served(Path path) {
        @Nullable Served all = null;
        for (Weighted forward : path.rule().forward()) {
            if (counts(path, forward)) {
                Served one = served(path, forward.targetGroup());
                all = all == null ? one : all.and(one);
            }
        }
        return all == null ? Served.NONE : all;
    }

    private Served served(Path path, String arn) {
        Optional<TargetGroup> group = groups.find(arn);
        return group.isEmpty()
                ? Served.NONE
                : ways.to(path.balancer(), group.get()).served();
    }

    private static boolean counts(Path path, Weighted forward) {
        return forward.weight() > 0 || path.rule().forward().size() == 1;
    }

    /** The same, with why requests are lost. */
    State state(Path path) {
        Served served = served(path);
        return new State(served, served == Served.ALL ? Optional.empty() : Optional.of(lost(path)));
    }

    private String lost(Path path) {
        return path.rule().forward().stream()
                .filter(f -> counts(path, f))
                .flatMap(f -> lost(path, f.targetGroup()).stream())
                .findFirst()
                .orElse("no target group has any weight");
    }

    private Optional<String> lost(Path path, String arn) {
        Optional<TargetGroup> group = groups.find(arn);
        if (group.isEmpty()) {
            return Optional.of("there is no target group " + arn);
        }
        GroupWays to = ways.to(path.balancer(), group.get());
        List<Way> rotation = to.rotation();
        return rotation.isEmpty()
                ? Optional.of("target group " + group.get().name() + " has no target in rotation")
                : rotation.stream()
                        .filter(w -> w.served() != Served.ALL)
                        .flatMap(w -> ways.through(path.balancer(), group.get(), w.target()).stream())
                        .filter(p -> !p.open())
                        .map(Passage::evidence)
                        .findFirst();
    }
}
