package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The size of the group that takes over: so many nodes as have gone, and the surge. It is only ever raised, and by no more
 * than the subnets have room for: Auto Scaling chooses the zone with the fewest nodes, so that is where room must be. A
 * NodePool has a size by the pods that hold its nodes ({@link NodeHolders}).
 */
final class Replacement {

    private static final Duration COMES_WITHIN = Duration.ofMinutes(15);

    private final View view;
    private final RollNodes params;
    private final Progress progress;
    private final Fleet fleet;
    private final Optional<NodeGroup> group;
    private final Optional<String> drainFirst;

    Replacement(View view, RollNodes params, Progress progress, Fleet fleet) {
        this.view = view;
        this.params = params;
        this.progress = progress;
        this.fleet = fleet;
        this.group = view.nodeGroup(fleet.arrivingGroup());
        this.drainFirst = withoutAddress();
    }

    /**
     * The extra nodes that are allowed now; 0 means that nodes are drained first: no subnet may have an extra one, or the one
     * where Auto Scaling would put the next may not.
     */
    int surge() {
        return drainFirst.isPresent() || mayHaveNone() ? 0 : params.maxSurge();
    }

    private boolean mayHaveNone() {
        List<Subnet> subnets = group.isPresent() ? subnets(group.get()) : List.of();
        for (Subnet subnet : subnets) {
            if (cap(subnet.id()) != 0) {
                return false;
            }
        }
        return !subnets.isEmpty();
    }

    /** The zone where Auto Scaling would put the next extra node and which can spare no address for one. */
    Optional<String> zoneToDrainFirst() {
        return drainFirst;
    }

    private Optional<String> withoutAddress() {
        boolean spare = fleet.leaving().size() + fleet.arriving().size() > fleet.wanted();
        if (spare || group.isEmpty()) {
            return Optional.empty();
        }
        return next(subnets(group.get()), new Filling(fleet, 1))
                .filter(s -> cap(s.id()) == 0)
                .map(Subnet::availabilityZone);
    }

    /**
     * Raises the group to that many new nodes.
     *
     * @param wanted new nodes; those that leave are counted on top in a roll within one group
     */
    void raise(int wanted, Agenda agenda) {
        NodeGroup group = this.group.orElseThrow();
        int now = asked();
        int more = wanted - now;
        if (more > 0) {
            int room = room(group, more, 1);
            if (room == 0) {
                full(group, agenda);
            } else if (!group.status().equals("ACTIVE")) {
                agenda.wait(5, "node group " + group.name() + " is " + group.status());
            } else {
                int size = asked(group) + room;
                agenda.act("raising " + group.name() + " to " + Count.of(size, "node"), grow(group, size));
            }
        }
        missing(group, now, agenda);
    }

    /** How many new nodes were asked for. */
    int asked() {
        int others = fleet.sameGroup() ? fleet.leaving().size() : 0;
        return (group.isPresent() ? asked(group.get()) : 0) - others;
    }

    /** Nodes of a pool that are there count without pods that hold them: these go when all else is done. */
    private int asked(NodeGroup group) {
        return fleet.ofKarpenter()
                ? Math.max(
                        NodeHolders.asked(view, group.name()), fleet.arriving().size())
                : group.desiredSize();
    }

    private Act grow(NodeGroup group, int size) {
        return fleet.ofKarpenter()
                ? NodeHolders.hold(view, group, fleet.nodes(), size, fleet.wanted())
                : new SetGroupSize(group.name(), group.minSize(), Math.max(group.maxSize(), size), size);
    }

    /** Waits for machines that were asked for; in vain it blocks and says what the group says. */
    private void missing(NodeGroup group, int asked, Agenda agenda) {
        int there = fleet.arriving().size();
        if (there >= asked) {
            return;
        }
        String issues = group.issues().isEmpty() ? "" : ": " + String.join("; ", group.issues());
        String words = "has " + there + " of " + asked + " new nodes" + issues;
        Optional<Progress.Entry> last = progress.last(
                        SetGroupSize.class, new SetGroupSize(group.name(), 0, 0, 0).target())
                .or(() -> NodeHolders.last(progress, group.name()));
        if (Patience.over(progress, COMES_WITHIN, last)) {
            agenda.block(StepCode.NO_CAPACITY.of(
                    "node group " + group.name(), words, "make room or capacity for its instances, then resume"));
        } else {
            agenda.wait(15, "node group " + group.name() + " " + words);
        }
    }

    /** New nodes that are ready; those that are not are waited for. The first of each zone speaks for its pods. */
    List<Node> arrived(Agenda agenda) {
        return Arrived.of(view, params, fleet).told(this, agenda);
    }

    /** Waits for a machine that has not become a ready node; {@code lacks} says why. */
    void joining(Fleet.Machine machine, String lacks, Agenda agenda) {
        boolean served = machine.node().isPresent() && served(machine.node().get());
        Instant begun = latest(machine.instance().launchedAt(), progress.underWaySince());
        Instant since = served ? latest(begun, lastMove()) : begun;
        if (served && since.plus(COMES_WITHIN).isBefore(progress.now())) {
            agenda.block(StepCode.NODE_FAILED.of(
                    "Node " + machine.name(),
                    lacks + " and does not go, although it took pods before",
                    "see who drains it or why it is not ready, mend or terminate it, then resume"));
        } else if (served) {
            agenda.wait(10, "waiting for node " + machine.name() + ", which took pods and now " + lacks);
        } else if (since.plus(COMES_WITHIN).isBefore(progress.now())) {
            agenda.block(StepCode.NOT_JOINING.of(
                    machine.node().isPresent() ? "Node " + machine.name() : "instance " + machine.name(),
                    lacks + ", " + COMES_WITHIN.toMinutes() + " minutes after its launch",
                    "see its console output and the events of its node, then resume"));
        } else if (agenda.waitsFor(10)) {
            agenda.wait(10, "waiting for new node " + machine.name() + ", which " + lacks);
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Whether a node has been ready before: somebody drains it, or it has failed. Its instance was taken back or will be replaced, so
     * it has the time that a new one has, counted from when the roll last moved anything.
     */
    private boolean served(Node node) {
        return node.unschedulable()
                || Readiness.leaving(node).isPresent()
                || view.podsOn(node.name()).stream()
                        .anyMatch(p -> p.controller()
                                .filter(c -> c.kind().equals("DaemonSet"))
                                .isEmpty());
    }

    private Instant lastMove() {
        return Stream.of(EvictPod.class, TerminateInstance.class, SetGroupSize.class)
                .map(progress::all)
                .filter(all -> !all.isEmpty())
                .map(all -> all.get(all.size() - 1).at())
                .max(Instant::compareTo)
                .orElse(progress.underWaySince());
    }

    /** Waits for room; in vain it blocks. */
    void full(NodeGroup group, Agenda agenda) {
        Optional<Progress.Entry> last = fleet.lastTermination();
        String words = "has no subnet with room for another node";
        if (Patience.over(progress, COMES_WITHIN, last) && fleet.going().isEmpty()) {
            agenda.block(StepCode.NO_CAPACITY.of(
                    "node group " + group.name(),
                    words + ": " + String.join(", ", group.subnets()),
                    "free addresses in these subnets, then resume"));
        } else {
            agenda.wait(30, "node group " + group.name() + " " + words);
        }
    }

    /**
     * How many of so many more old nodes may be asked for now. Each takes its warm pool from its subnet at once, and what the
     * view shows as free is true again only when those that were asked for have it: then the next are asked for. A node that
     * does not find its whole pool comes alone.
     */
    int roomBack(NodeGroup group, int more) {
        if (coming(group)) {
            return 0;
        }
        int room = room(group, more, WarmStart.addresses(view, group));
        return room > 0 ? room : room(group, 1, 1);
    }

    /** Whether no old node can be asked for, and none is on its way. */
    boolean fullBack(NodeGroup group) {
        return !fleet.ofKarpenter() && !coming(group) && room(group, 1, 1) == 0;
    }

    private boolean coming(NodeGroup group) {
        int others = fleet.sameGroup() ? fleet.leaving().size() : 0;
        return fleet.arriving().size() < group.desiredSize() - others
                || fleet.arriving().stream().anyMatch(this::young);
    }

    private boolean young(Fleet.Machine machine) {
        boolean ready =
                machine.node().filter(n -> Readiness.ofOld(view, n).isEmpty()).isPresent();
        return !ready && machine.instance().launchedAt().plus(COMES_WITHIN).isAfter(progress.now());
    }

    /** How many of so many more nodes find room, one after the other where Auto Scaling would put them. */
    private int room(NodeGroup group, int more, int need) {
        List<Subnet> subnets = subnets(group);
        if (subnets.isEmpty()) {
            return more;
        }
        Filling filling = new Filling(fleet, need);
        int extra = fleet.leaving().size() + fleet.arriving().size() - fleet.wanted();
        int found = 0;
        while (found < more) {
            Optional<Subnet> next = next(subnets, filling);
            boolean surplus = extra + found >= 0;
            if (next.isEmpty()
                    || (surplus
                            && Math.min(filling.nodes(next.get()), extra + found)
                                    >= cap(next.get().id()))) {
                return found;
            }
            filling.add(next.get());
            found++;
        }
        return found;
    }

    /** Where Auto Scaling puts the next node: the zone with the fewest, passing over subnets that are full. */
    private static Optional<Subnet> next(List<Subnet> subnets, Filling filling) {
        return subnets.stream()
                .filter(filling::hasRoom)
                .min(Comparator.<Subnet>comparingInt(filling::nodesInZone)
                        .thenComparing(s -> -filling.free(s))
                        .thenComparing(Subnet::id));
    }

    private List<Subnet> subnets(NodeGroup group) {
        List<Subnet> subnets = new ArrayList<>(group.subnets().size());
        for (String id : group.subnets()) {
            Optional<Subnet> subnet = view.subnet(id);
            if (subnet.isPresent()) {
                subnets.add(subnet.get());
            }
        }
        return subnets;
    }

    private int cap(String subnet) {
        return fleet.back() ? Integer.MAX_VALUE : params.surgeBySubnet().getOrDefault(subnet, params.maxSurge());
    }
}
