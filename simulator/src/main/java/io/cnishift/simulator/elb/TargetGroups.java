package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.SimClock;
import io.cnishift.simulator.aws.Cloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Targets come and go. A registered one is {@code initial} until its first health check, or {@code unused} while no listener
 * forwards to the group; a deregistered one is {@code draining} for the group's delay, and then gone.
 */
public final class TargetGroups {

    private final Cloud cloud;
    private final SimClock clock;

    private TargetGroups(Kernel kernel) {
        cloud = Cloud.of(kernel);
        clock = kernel.clock();
    }

    /** The target groups of that world. */
    public static TargetGroups of(Kernel kernel) {
        return kernel.shared(TargetGroups.class, TargetGroups::new);
    }

    /** Who is meant: an instance or address, at a port. */
    public record Member(String id, int port) {
        public Member {
            Objects.requireNonNull(id, "id");
        }

        // by hand, as all keys here that are asked for at every target: what a record makes of itself is slow before it
        // is compiled well

        @Override
        public boolean equals(@Nullable Object other) {
            return other == this || (other instanceof Member m && port == m.port && id.equals(m.id));
        }

        @Override
        public int hashCode() {
            return 31 * id.hashCode() + port;
        }

        static Member of(Target target) {
            return new Member(target.id(), target.port());
        }

        /** Whether that target is meant. */
        boolean is(Target target) {
            return port == target.port() && id.equals(target.id());
        }
    }

    /** All groups that this cloud has, not those of a cluster beside it. */
    public Collection<TargetGroup> all() {
        return cloud.view().all(Part.TARGET_GROUPS, TargetGroup.class);
    }

    /** A group; one of a cluster beside this one too, for all of an account are one another's. */
    public Optional<TargetGroup> find(String arn) {
        return home(arn).flatMap(at -> at.view().get(Part.TARGET_GROUPS, TargetGroup.class, arn));
    }

    private Optional<Cloud> home(String arn) {
        return Stream.concat(Stream.of(cloud), cloud.neighbour().stream())
                .filter(at -> at.view()
                        .get(Part.TARGET_GROUPS, TargetGroup.class, arn)
                        .isPresent())
                .findFirst();
    }

    /** Whether a listener rule forwards to the group, with whatever weight. */
    public boolean used(String arn) {
        return home(arn).stream()
                .flatMap(at -> at.view().all(Part.LOAD_BALANCERS, LoadBalancer.class).stream())
                .flatMap(l -> l.listeners().stream())
                .flatMap(l -> l.rules().stream())
                .flatMap(r -> r.forward().stream())
                .anyMatch(f -> f.targetGroup().equals(arn));
    }

    /** Registers targets; one that is registered stays as it is, one that is draining starts anew. */
    public void register(String arn, Collection<Member> members) {
        Target fresh = used(arn)
                ? new Target("", 0, "initial", "Elb.RegistrationInProgress")
                : new Target("", 0, "unused", "Target.NotInUse");
        change(arn, targets -> {
            List<Target> now = new ArrayList<>(targets);
            for (Member member : members) {
                boolean there = now.removeIf(t -> member.is(t) && t.health().equals("draining"))
                        || now.stream().noneMatch(member::is);
                if (there) {
                    now.add(new Target(member.id(), member.port(), fresh.health(), fresh.reason()));
                }
            }
            return now;
        });
    }

    /** Deregisters targets; those that serve drain first. */
    public void deregister(String arn, Collection<Member> members) {
        Optional<TargetGroup> group = find(arn);
        if (group.isEmpty()) {
            return;
        }
        Set<Member> leaving = group.get().targets().stream()
                .filter(t -> !t.health().equals("draining"))
                .map(Member::of)
                .filter(Set.copyOf(members)::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (leaving.isEmpty()) {
            return;
        }
        change(
                arn,
                targets -> targets.stream()
                        .filter(t ->
                                !(leaving.contains(Member.of(t)) && t.health().equals("unused")))
                        .map(t -> leaving.contains(Member.of(t))
                                ? new Target(t.id(), t.port(), "draining", "Target.DeregistrationInProgress")
                                : t)
                        .toList());
        clock.after(
                Duration.ofSeconds(group.get().deregistrationDelaySeconds()),
                () -> change(
                        arn,
                        targets -> targets.stream()
                                .filter(t -> !(leaving.contains(Member.of(t))
                                        && t.health().equals("draining")))
                                .toList()));
    }

    /** Gives a target another health; nothing happens when it is not there. */
    void health(String arn, Member member, String health, String reason) {
        change(
                arn,
                targets -> targets.stream()
                        .map(t -> member.is(t) ? new Target(t.id(), t.port(), health, reason) : t)
                        .toList());
    }

    private void change(String arn, UnaryOperator<List<Target>> change) {
        home(arn).ifPresent(at -> find(arn).ifPresent(g -> at.put(with(g, change.apply(g.targets())))));
    }

    static TargetGroup with(TargetGroup group, List<Target> targets) {
        return new TargetGroup(
                group.arn(),
                group.name(),
                group.targetType(),
                group.protocol(),
                group.port(),
                group.healthCheckSeconds(),
                group.healthyThreshold(),
                group.deregistrationDelaySeconds(),
                targets,
                group.service(),
                group.tags());
    }
}
