package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.net.Pulse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** The load balancer with which a group was last looked at. */
    private final Map<String, String> seen = new HashMap<>();

    private final Map<String, LoadBalancer> forwarding = new HashMap<>();
    private long listed = -1;

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
            LoadBalancer balancer = balancers.get(group.arn());
            if (balancer == null) {
                unused(groups, group);
            } else {
                GroupWays ways = TargetWays.of(kernel).to(balancer, group);
                boolean same = balancer.key().equals(seen.put(group.arn(), balancer.key()));
                for (Way way : same ? ways.takeChanged() : ways.all()) {
                    checked(kernel, groups, balancer, group, way.target(), way.served());
                }
            }
        }
    }

    /** The first load balancer that forwards to a group, by the group's ARN. */
    private Map<String, LoadBalancer> balancers(Kernel kernel) {
        long version = Cloud.of(kernel).version(Part.LOAD_BALANCERS);
        if (version != listed) {
            listed = version;
            forwarding.clear();
            Cloud.of(kernel)
                    .view()
                    .all(Part.LOAD_BALANCERS, LoadBalancer.class)
                    .forEach(l -> l.listeners().stream()
                            .flatMap(x -> x.rules().stream())
                            .flatMap(r -> r.forward().stream())
                            .forEach(f -> forwarding.putIfAbsent(f.targetGroup(), l)));
        }
        return forwarding;
    }

    private void unused(TargetGroups groups, TargetGroup group) {
        seen.remove(group.arn());
        for (Target target : group.targets()) {
            if (!target.health().equals("draining") && !target.health().equals("unused")) {
                groups.health(group.arn(), Member.of(target), "unused", "Target.NotInUse");
            }
        }
    }

    private void checked(
            Kernel kernel,
            TargetGroups groups,
            LoadBalancer balancer,
            TargetGroup group,
            Target target,
            Served served) {
        if (target.health().equals("draining")) {
            return;
        }
        if (target.health().equals("unused")) {
            groups.health(group.arn(), Member.of(target), "initial", "Elb.RegistrationInProgress");
            return;
        }
        String goal = goal(served);
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

    /** A check finds one of several ways, and some that are open are enough. */
    private static String goal(Served served) {
        return served == Served.NONE ? "unhealthy" : "healthy";
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
    private void settle(Kernel kernel, TargetGroups groups, String arn, Member member, String goal) {
        Optional<TargetGroup> group = groups.find(arn);
        LoadBalancer balancer = balancers(kernel).get(arn);
        if (group.isEmpty() || balancer == null) {
            return;
        }
        TargetWays.of(kernel)
                .to(balancer, group.get())
                .to(member)
                .filter(w -> !w.target().health().equals("draining")
                        && !w.target().health().equals("unused"))
                .filter(w -> goal(w.served()).equals(goal))
                .ifPresent(w -> groups.health(arn, member, goal, goal.equals("healthy") ? "" : "Target.Timeout"));
    }
}
