package io.cnishift.engine.step;

import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The size of the group that takes over: so many nodes as have gone, and the surge. It is only ever raised, and by no more
 * than the subnets have room for: Auto Scaling chooses the zone with the fewest nodes, so that is where room must be.
 */
final class Replacement {

    private static final Duration COMES_WITHIN = Duration.ofMinutes(15);

    private final View view;
    private final RollNodes params;
    private final Progress progress;
    private final Fleet fleet;

    Replacement(View view, RollNodes params, Progress progress, Fleet fleet) {
        this.view = view;
        this.params = params;
        this.progress = progress;
        this.fleet = fleet;
    }

    /** The extra nodes that the subnets allow at all; 0 means that nodes are drained first. */
    int surge() {
        boolean none = view.nodeGroup(fleet.arrivingGroup())
                .filter(g -> !g.subnets().isEmpty())
                .filter(g -> g.subnets().stream().allMatch(s -> cap(s) == 0))
                .isPresent();
        return none ? 0 : params.maxSurge();
    }

    /**
     * Raises the group to that many new nodes.
     *
     * @param wanted new nodes; those that leave are counted on top in a roll within one group
     */
    void raise(int wanted, Agenda agenda) {
        NodeGroup group = view.nodeGroup(fleet.arrivingGroup()).orElseThrow();
        int others = fleet.sameGroup() ? fleet.leaving().size() : 0;
        int now = group.desiredSize() - others;
        int more = wanted - now;
        if (more > 0) {
            int room = room(group, more);
            if (room == 0) {
                full(group, agenda);
            } else if (!group.status().equals("ACTIVE")) {
                agenda.wait(5, "node group " + group.name() + " is " + group.status());
            } else {
                int size = group.desiredSize() + room;
                agenda.act(
                        "raising " + group.name() + " to " + size + " nodes",
                        new SetGroupSize(group.name(), group.minSize(), Math.max(group.maxSize(), size), size));
            }
        }
        missing(group, now, agenda);
    }

    /** Waits for machines that were asked for; in vain it blocks and says what the group says. */
    private void missing(NodeGroup group, int asked, Agenda agenda) {
        int there = fleet.arriving().size();
        if (there >= asked) {
            return;
        }
        String issues = group.issues().isEmpty() ? "" : ": " + String.join("; ", group.issues());
        String words = "has " + there + " of " + asked + " new nodes" + issues;
        Optional<Progress.Entry> last =
                progress.last(SetGroupSize.class, new SetGroupSize(group.name(), 0, 0, 0).target());
        if (Patience.over(progress, COMES_WITHIN, last)) {
            agenda.block(StepCode.NO_CAPACITY.of(
                    "node group " + group.name(), words, "make room or capacity for its instances, then resume"));
        } else {
            agenda.wait(15, "node group " + group.name() + " " + words);
        }
    }

    /** New nodes that are ready; those that are not are waited for. */
    List<Node> arrived(Agenda agenda) {
        List<Node> ready = new ArrayList<>();
        for (Fleet.Machine machine : fleet.arriving()) {
            Optional<String> lacks =
                    machine.node().map(n -> Readiness.ofNew(view, params, n)).orElse(Optional.of("has not joined"));
            machine.node().flatMap(n -> Readiness.wrongSize(params, n)).ifPresent(agenda::block);
            if (lacks.isPresent()) {
                joining(machine, lacks.get(), agenda);
            } else {
                ready.add(machine.node().orElseThrow());
            }
        }
        return ready;
    }

    /** Waits for a machine that has not become a ready node; {@code lacks} says why. */
    void joining(Fleet.Machine machine, String lacks, Agenda agenda) {
        Instant launched = machine.instance().launchedAt();
        Instant since = launched.isBefore(progress.underWaySince()) ? progress.underWaySince() : launched;
        if (since.plus(COMES_WITHIN).isBefore(progress.now())) {
            agenda.block(StepCode.NOT_JOINING.of(
                    machine.node().isPresent() ? "Node " + machine.name() : "instance " + machine.name(),
                    lacks + ", " + COMES_WITHIN.toMinutes() + " minutes after its launch",
                    "see its console output and the events of its node, then resume"));
        } else {
            agenda.wait(10, "waiting for new node " + machine.name() + ", which " + lacks);
        }
    }

    private void full(NodeGroup group, Agenda agenda) {
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

    /** How many of so many more nodes find room, one after the other where Auto Scaling would put them. */
    private int room(NodeGroup group, int more) {
        List<Subnet> subnets =
                group.subnets().stream().flatMap(s -> view.subnet(s).stream()).toList();
        if (subnets.isEmpty()) {
            return more;
        }
        Map<String, Integer> bySubnet = new HashMap<>();
        Map<String, Integer> byZone = new HashMap<>();
        for (Fleet.Machine machine : fleet.arriving()) {
            count(machine.instance(), bySubnet, byZone);
        }
        int extra = fleet.leaving().size() + fleet.arriving().size() - fleet.wanted();
        int found = 0;
        while (found < more) {
            Subnet next = subnets.stream()
                    .min(Comparator.<Subnet>comparingInt(s -> byZone.getOrDefault(s.availabilityZone(), 0))
                            .thenComparing(s -> -free(s, bySubnet))
                            .thenComparing(Subnet::id))
                    .orElseThrow();
            int here = Math.min(bySubnet.getOrDefault(next.id(), 0), extra + found);
            boolean surplus = extra + found >= 0;
            if (free(next, bySubnet) < 1 || (surplus && here >= cap(next.id()))) {
                return found;
            }
            bySubnet.merge(next.id(), 1, Integer::sum);
            byZone.merge(next.availabilityZone(), 1, Integer::sum);
            found++;
        }
        return found;
    }

    private static void count(Instance instance, Map<String, Integer> bySubnet, Map<String, Integer> byZone) {
        bySubnet.merge(instance.subnet(), 1, Integer::sum);
        byZone.merge(instance.availabilityZone(), 1, Integer::sum);
    }

    /** Free addresses less those of nodes that this pass already placed there. */
    private int free(Subnet subnet, Map<String, Integer> bySubnet) {
        long there = fleet.arriving().stream()
                .filter(m -> m.instance().subnet().equals(subnet.id()))
                .count();
        return subnet.freeAddresses() - (int) (bySubnet.getOrDefault(subnet.id(), 0) - there);
    }

    private int cap(String subnet) {
        return fleet.back() ? Integer.MAX_VALUE : params.surgeBySubnet().getOrDefault(subnet, params.maxSurge());
    }
}
