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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
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
        Optional<TargetGroup> here = in(cloud, arn);
        return here.isPresent() || cloud.neighbour().isEmpty()
                ? here
                : in(cloud.neighbour().get(), arn);
    }

    private Optional<Cloud> home(String arn) {
        return in(cloud, arn).isPresent()
                ? Optional.of(cloud)
                : cloud.neighbour().filter(at -> in(at, arn).isPresent());
    }

    private static Optional<TargetGroup> in(Cloud at, String arn) {
        return at.view().get(Part.TARGET_GROUPS, TargetGroup.class, arn);
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
            for (Member member : members) {
                int place = place(targets, member);
                if (place >= 0 && !draining(targets.get(place))) {
                    continue;
                }
                if (place >= 0) {
                    targets.remove(place);
                }
                targets.add(new Target(member.id(), member.port(), fresh.health(), fresh.reason()));
            }
        });
    }

    /** Deregisters targets; those that serve drain first. */
    public void deregister(String arn, Collection<Member> members) {
        Optional<TargetGroup> group = find(arn);
        if (group.isEmpty()) {
            return;
        }
        List<Member> leaving = new ArrayList<>();
        change(arn, targets -> {
            for (Member member : members) {
                int place = place(targets, member);
                if (place >= 0 && !draining(targets.get(place))) {
                    leaving.add(member);
                    if (targets.get(place).health().equals("unused")) {
                        targets.remove(place);
                    } else {
                        targets.set(
                                place,
                                new Target(member.id(), member.port(), "draining", "Target.DeregistrationInProgress"));
                    }
                }
            }
        });
        if (!leaving.isEmpty()) {
            clock.after(
                    Duration.ofSeconds(group.get().deregistrationDelaySeconds()),
                    () -> change(arn, targets -> drained(targets, leaving)));
        }
    }

    private static void drained(List<Target> targets, List<Member> leaving) {
        for (Member member : leaving) {
            int place = place(targets, member);
            if (place >= 0 && draining(targets.get(place))) {
                targets.remove(place);
            }
        }
    }

    /** Gives a target another health; nothing happens when it is not there. */
    void health(String arn, Member member, String health, String reason) {
        change(arn, targets -> {
            int place = place(targets, member);
            if (place >= 0) {
                targets.set(place, new Target(member.id(), member.port(), health, reason));
            }
        });
    }

    static boolean draining(Target target) {
        return target.health().equals("draining");
    }

    /** Where a member stands among targets; -1 when it does not. */
    private static int place(List<Target> targets, Member member) {
        for (int i = 0; i < targets.size(); i++) {
            if (member.is(targets.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** @param change changes the list of targets that it is given */
    private void change(String arn, Consumer<List<Target>> change) {
        Optional<Cloud> at = home(arn);
        if (at.isPresent()) {
            TargetGroup group = in(at.get(), arn).orElseThrow();
            List<Target> targets = new ArrayList<>(group.targets());
            change.accept(targets);
            at.get().put(with(group, targets));
        }
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
