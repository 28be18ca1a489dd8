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

    private static final int HEALTHY = 0;
    private static final int INITIAL = 1;
    private static final int UNHEALTHY = 2;
    private static final int OTHER = 3;

    private final WalkedWays own;
    private final Optional<WalkedWays> beside;
    private final boolean byAddress;
    private final Map<Member, Way> byMember = new HashMap<>();
    private final Map<NodeKind, Map<Integer, Boolean>> reached = new HashMap<>();
    private final int[][] counts = new int[OTHER + 1][Served.values().length];
    private final Set<Way> changed = new HashSet<>();
    private List<Way> ways = new ArrayList<>();
    private List<Target> targets = List.of();
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
            ways.forEach(own::add);
        }
        if (targets != group.targets()) {
            take(group.targets());
        }
    }

    /** Targets keep their places, but for one that leaves and comes again. */
    private void take(List<Target> now) {
        List<Way> standing = new ArrayList<>(now.size());
        int place = 0;
        for (Target target : now) {
            Way way = place < ways.size() && same(ways.get(place).target(), target)
                    ? ways.get(place)
                    : byMember.get(Member.of(target));
            if (way == null) {
                way = new Way(this, target);
                byMember.put(Member.of(target), way);
                count(way, 1);
                changed.add(way);
                own.add(way);
            } else {
                place = way.place() + 1;
            }
            standing.add(way);
        }
        // before any is told its new place
        if (standing.size() < byMember.size()) {
            Set<Way> stay = new HashSet<>(standing);
            for (Way way : ways) {
                if (!stay.contains(way)) {
                    leave(way);
                }
            }
        }
        for (int i = 0; i < now.size(); i++) {
            stands(standing.get(i), now.get(i), i);
        }
        ways = standing;
        targets = now;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Target one, Target other) {
        return one == other || (one.port() == other.port() && one.id().equals(other.id()));
    }

    @SuppressWarnings("ReferenceEquality")
    private void stands(Way way, Target target, int place) {
        if (way.target() != target) {
            count(way, -1);
            way.stands(target, place);
            count(way, 1);
            changed.add(way);
        } else {
            way.stands(target, place);
        }
    }

    private void leave(Way way) {
        way.leave();
        byMember.remove(Member.of(way.target()));
        changed.remove(way);
        count(way, -1);
    }

    /** Forgets all targets. */
    void close() {
        ways.forEach(Way::leave);
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
        return Optional.ofNullable(byMember.get(member));
    }

    /** The ways to all targets, in their order. */
    List<Way> all() {
        changed.clear();
        return List.copyOf(ways);
    }

    /** The ways that have changed since this was last asked, or since all were. */
    List<Way> takeChanged() {
        if (changed.isEmpty()) {
            return List.of();
        }
        List<Way> taken = new ArrayList<>(changed);
        taken.sort((one, other) -> Integer.compare(one.place(), other.place()));
        changed.clear();
        return taken;
    }

    /** What becomes of requests that go to the targets in rotation; when there is none, nobody is answered. */
    Served served() {
        int[] of = counts[inRotation()];
        int some = of[Served.SOME.ordinal()];
        int all = of[Served.ALL.ordinal()];
        int none = of[Served.NONE.ordinal()];
        return some == 0 && none == 0 && all > 0 ? Served.ALL : some + all == 0 ? Served.NONE : Served.SOME;
    }

    /** The ways to the targets to which requests are sent. */
    List<Way> rotation() {
        int wanted = inRotation();
        return ways.stream().filter(w -> health(w.target()) == wanted).toList();
    }

    /** The healthy ones; when none is and none still registers, the unhealthy ones (fail open). */
    private int inRotation() {
        return none(HEALTHY) && none(INITIAL) ? UNHEALTHY : HEALTHY;
    }

    private boolean none(int health) {
        for (int count : counts[health]) {
            if (count > 0) {
                return false;
            }
        }
        return true;
    }

    private void count(Way way, int by) {
        counts[health(way.target())][way.served().ordinal()] += by;
    }

    private static int health(Target target) {
        return switch (target.health()) {
            case "healthy" -> HEALTHY;
            case "initial" -> INITIAL;
            case "unhealthy" -> UNHEALTHY;
            default -> OTHER;
        };
    }
}
