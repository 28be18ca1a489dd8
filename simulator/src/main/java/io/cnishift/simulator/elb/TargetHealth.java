package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Pulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Health checks, not sent one by one: when a target begins to answer or ceases to, its state follows after as many checks as
 * the group wants, unless it changes its mind before. A new target needs one check; a Network Load Balancer checks it as often as the
 * group wants, and takes two minutes before it begins. A target of a group to which no listener forwards is not checked.
 */
public final class TargetHealth implements Behaviour {

    private static final int CHECKS_TO_UNHEALTHY = 2;
    private static final Duration NETWORK_REGISTRATION = Duration.ofMinutes(2);

    private final Map<Checked, String> expected = new HashMap<>();
    private final Map<String, Seen> seen = new HashMap<>();

    /** A target of a group. */
    private record Checked(String group, Member member) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other == this
                    || (other instanceof Checked checked
                            && member.equals(checked.member)
                            && group.equals(checked.group));
        }

        @Override
        public int hashCode() {
            return 31 * group.hashCode() + member.hashCode();
        }
    }

    /** What a group was looked at with. */
    private record Seen(List<Target> targets, Optional<LoadBalancer> balancer) {}

    @Override
    public String id() {
        return "target-health";
    }

    @Override
    public String source() {
        return "ELB user guides: target group health checks; AWS SDK elbv2 TargetHealthStateEnum; AWS Load Balancer"
                + " Controller issue 1834 (registration behind a Network Load Balancer: 90 to 180 s); domain.md 8.3";
    }

    @Override
    public void install(Kernel kernel) {
        Pulse.of(kernel).listen(() -> look(kernel));
    }

    private void look(Kernel kernel) {
        TargetGroups groups = TargetGroups.of(kernel);
        Map<String, LoadBalancer> balancers = balancers(kernel);
        for (TargetGroup group : List.copyOf(groups.all())) {
            Optional<LoadBalancer> balancer = Optional.ofNullable(balancers.get(group.arn()));
            for (Target target : toLookAt(kernel, group, balancer)) {
                if (balancer.isEmpty()) {
                    unused(groups, group, target);
                } else {
                    checked(kernel, groups, balancer.get(), group, target);
                }
            }
        }
    }

    /** The targets of a group that are not as they were when it was last looked at, or the ways to which are not. */
    private List<Target> toLookAt(Kernel kernel, TargetGroup group, Optional<LoadBalancer> balancer) {
        Set<Member> walked = TargetWays.of(kernel).takeForgotten(group.arn());
        Seen before = seen.put(group.arn(), new Seen(group.targets(), balancer));
        return before == null || !before.balancer().equals(balancer)
                ? group.targets()
                : changed(before.targets(), group.targets(), walked);
    }

    /** Targets keep their order, and one that has not changed is the same object. */
    @SuppressWarnings("ReferenceEquality")
    static List<Target> changed(List<Target> before, List<Target> now, Set<Member> walked) {
        if (before == now && walked.isEmpty()) {
            return List.of();
        }
        List<Target> changed = new ArrayList<>();
        int place = 0;
        for (Target target : now) {
            while (place < before.size() && !same(before.get(place), target)) {
                place++;
            }
            boolean asItWas = place < before.size() && before.get(place) == target;
            if (!asItWas || (!walked.isEmpty() && walked.contains(Member.of(target)))) {
                changed.add(target);
            }
            place++;
        }
        return changed;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Target one, Target other) {
        return one == other || (one.port() == other.port() && one.id().equals(other.id()));
    }

    /** The first load balancer that forwards to a group, by the group's ARN. */
    private static Map<String, LoadBalancer> balancers(Kernel kernel) {
        Map<String, LoadBalancer> by = new HashMap<>();
        Cloud.of(kernel)
                .view()
                .all(Part.LOAD_BALANCERS, LoadBalancer.class)
                .forEach(l -> l.listeners().stream()
                        .flatMap(x -> x.rules().stream())
                        .flatMap(r -> r.forward().stream())
                        .forEach(f -> by.putIfAbsent(f.targetGroup(), l)));
        return by;
    }

    private static Optional<LoadBalancer> balancer(Kernel kernel, String arn) {
        return Cloud.of(kernel).view().all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .filter(l -> l.listeners().stream()
                        .flatMap(x -> x.rules().stream())
                        .flatMap(r -> r.forward().stream())
                        .anyMatch(f -> f.targetGroup().equals(arn)))
                .findFirst();
    }

    private static void unused(TargetGroups groups, TargetGroup group, Target target) {
        if (!target.health().equals("draining") && !target.health().equals("unused")) {
            groups.health(group.arn(), Member.of(target), "unused", "Target.NotInUse");
        }
    }

    private void checked(Kernel kernel, TargetGroups groups, LoadBalancer balancer, TargetGroup group, Target target) {
        if (target.health().equals("draining")) {
            return;
        }
        if (target.health().equals("unused")) {
            groups.health(group.arn(), Member.of(target), "initial", "Elb.RegistrationInProgress");
            return;
        }
        TargetWays ways = TargetWays.of(kernel);
        End end = ways.end(balancer);
        String goal = ways.through(end, group, target).open() ? "healthy" : "unhealthy";
        Checked key = new Checked(group.arn(), Member.of(target));
        if (target.health().equals(goal)) {
            expected.remove(key);
            return;
        }
        String token = target.health() + " to " + goal;
        if (token.equals(expected.put(key, token))) {
            return;
        }
        kernel.clock().after(delay(balancer, group, target, goal), () -> {
            if (token.equals(expected.get(key))) {
                expected.remove(key);
                settle(kernel, groups, group.arn(), Member.of(target), goal);
            }
        });
    }

    private static Duration delay(LoadBalancer balancer, TargetGroup group, Target target, String goal) {
        Duration interval = Duration.ofSeconds(group.healthCheckSeconds());
        boolean fresh = target.health().equals("initial");
        if (goal.equals("unhealthy")) {
            return interval.multipliedBy(CHECKS_TO_UNHEALTHY);
        }
        if (!fresh) {
            return interval.multipliedBy(group.healthyThreshold());
        }
        return balancer.type().equals("network")
                ? interval.multipliedBy(group.healthyThreshold()).plus(NETWORK_REGISTRATION)
                : interval;
    }

    /** The state follows if the target is still there, in rotation, and still of that mind. */
    private static void settle(Kernel kernel, TargetGroups groups, String arn, Member member, String goal) {
        Optional<TargetGroup> group = groups.find(arn);
        Optional<LoadBalancer> balancer = balancer(kernel, arn);
        if (group.isEmpty() || balancer.isEmpty()) {
            return;
        }
        TargetWays ways = TargetWays.of(kernel);
        group.get().targets().stream()
                .filter(member::is)
                .filter(t -> !t.health().equals("draining") && !t.health().equals("unused"))
                .filter(t ->
                        ways.through(ways.end(balancer.get()), group.get(), t).open() == goal.equals("healthy"))
                .findFirst()
                .ifPresent(t -> groups.health(arn, member, goal, goal.equals("healthy") ? "" : "Target.Timeout"));
    }
}
