package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Flow;
import io.cnishift.simulator.net.Network;
import io.cnishift.simulator.net.NodeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ways from a load balancer to the targets of one of its groups. They are counted by the health of the target and by what becomes of
 * requests to it, and those that changed are kept for who asks for them: a group of a thousand targets costs what changes of it.
 */
final class GroupWays {

    private final WalkedWays own;
    private final Optional<WalkedWays> beside;
    private final boolean byAddress;
    private final Roster roster = new Roster();
    private final Map<Member, Way> ways = new HashMap<>();
    private final Map<NodeKind, Map<Integer, Boolean>> reached = new HashMap<>();
    private final Tally healthy = new Tally();
    private final Tally initial = new Tally();
    private final Tally unhealthy = new Tally();
    private final Tally others = new Tally();
    private final Set<Way> changed = new HashSet<>();
    private End balancer;

    /** To no targets yet. */
    GroupWays(WalkedWays own, Optional<WalkedWays> beside, End balancer, boolean byAddress) {
        this.own = own;
        this.beside = beside;
        this.balancer = balancer;
        this.byAddress = byAddress;
    }

    /** Whether targets are addresses of pods, not instances. */
    boolean byAddress() {
        return byAddress;
    }

    /** Whether the load balancer reaches a node; the same for all of a kind. */
    boolean reaches(Network network, NodeKind kind, End host, int port) {
        Map<Integer, Boolean> ofKind = reached.computeIfAbsent(kind, k -> new HashMap<>());
        Boolean known = ofKind.get(port);
        if (known == null) {
            known = reaches(network, host, port);
            ofKind.put(port, known);
        }
        return known;
    }

    boolean reaches(Network network, End end, int port) {
        return network.carry(Flow.direct(balancer, end, Protocol.TCP, port, 0)).open();
    }

    /** The load balancer and the targets are these now. */
    @SuppressWarnings("ReferenceEquality")
    void now(End end, TargetGroup group) {
        if (balancer != end && !balancer.equals(end)) {
            balancer = end;
            reached.clear();
            ways.values().forEach(own::add);
        }
        roster.take(group.targets(), this::changed);
    }

    private void changed(Member member, Optional<Target> now) {
        Way way = ways.get(member);
        if (way != null) {
            count(way, -1);
        }
        if (now.isEmpty()) {
            if (way != null) {
                way.leave();
                changed.remove(way);
                ways.remove(member);
            }
            return;
        }
        if (way == null) {
            way = new Way(this, now.get());
            ways.put(member, way);
            own.add(way);
        } else {
            way.stands(now.get());
        }
        count(way, 1);
        changed.add(way);
    }

    /** Forgets all targets. */
    void close() {
        ways.values().forEach(Way::leave);
    }

    /** Walks one of the ways: in the cluster beside this one when the target is of that. */
    void walk(Way way) {
        boolean there = !own.has(way) && beside.filter(b -> b.has(way)).isPresent();
        Served served = (there ? beside.orElseThrow() : own).walked(way);
        if (served != way.served()) {
            count(way, -1);
            way.served(served);
            count(way, 1);
            changed.add(way);
        }
    }

    /** The way to a target. */
    Optional<Way> to(Member member) {
        return Optional.ofNullable(ways.get(member));
    }

    /** The ways to all targets, in their order. */
    List<Way> all() {
        changed.clear();
        changed.addAll(ways.values());
        return takeChanged();
    }

    /** The ways that have changed since this was last asked, or since all were, in the order of the targets. */
    List<Way> takeChanged() {
        if (changed.isEmpty()) {
            return List.of();
        }
        List<Way> taken = new ArrayList<>(changed);
        if (taken.size() > 1) {
            taken.sort(Comparator.comparingLong(way -> roster.order(way.member())));
        }
        changed.clear();
        return taken;
    }

    /** How many ways there are, by what becomes of requests. */
    private static final class Tally {
        private int all;
        private int some;
        private int none;

        private void count(Served served, int by) {
            switch (served) {
                case ALL -> all += by;
                case SOME -> some += by;
                case NONE -> none += by;
            }
        }

        private boolean empty() {
            return all + some + none == 0;
        }

        private Served served() {
            return all + some == 0 ? Served.NONE : some + none == 0 ? Served.ALL : Served.SOME;
        }
    }

    /** What becomes of requests that go to the targets in rotation; when there is none, nobody is answered. */
    Served served() {
        return inRotation().served();
    }

    /** The ways to the targets to which requests are sent. */
    List<Way> rotation() {
        Tally wanted = inRotation();
        return roster.all().stream()
                .filter(target -> tally(target) == wanted)
                .flatMap(target -> to(Member.of(target)).stream())
                .toList();
    }

    /** The healthy ones; when none is and none still registers, the unhealthy ones (fail open). */
    private Tally inRotation() {
        return healthy.empty() && initial.empty() ? unhealthy : healthy;
    }

    private void count(Way way, int by) {
        tally(way.target()).count(way.served(), by);
    }

    private Tally tally(Target target) {
        return switch (target.health()) {
            case "healthy" -> healthy;
            case "initial" -> initial;
            case "unhealthy" -> unhealthy;
            default -> others;
        };
    }
}
