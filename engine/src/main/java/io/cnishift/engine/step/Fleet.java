package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Remembered;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The machines of a roll in one direction, as one pass sees them: those that leave and those that arrive. In a roll within
 * one group they are told apart by the version of their launch template. Sizes that stood at the start come from the journal:
 * the first act of a roll on its old group records them.
 */
final class Fleet {

    private final View view;
    private final RollNodes params;
    private final Progress progress;
    private final boolean back;
    private final OptionalLong templateVersion;
    private final Side leaving;
    private final Side arriving;
    private final Optional<Progress.Entry> resized;
    private final Optional<NodeGroup> from;
    private final int wanted;

    Fleet(View view, RollNodes params, Progress progress, boolean back) {
        this.view = view;
        this.params = params;
        this.progress = progress;
        this.back = back;
        this.templateVersion = params.templateStep().isEmpty()
                ? OptionalLong.empty()
                : TemplateVersions.made(view, progress.of(params.templateStep()));
        this.leaving = view.unlessGroupChanged(leavingGroup(), which(!back));
        this.arriving = view.unlessGroupChanged(arrivingGroup(), which(back));
        this.resized = resized(params.from(), progress);
        this.from = view.nodeGroup(params.from());
        this.wanted = countWanted();
    }

    private static Optional<Progress.Entry> resized(String group, Progress progress) {
        for (Progress.Entry entry : progress.all(SetGroupSize.class)) {
            if (((SetGroupSize) entry.act()).group().equals(group)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    private Which which(boolean old) {
        return new Which(old, sameGroup(), params.cniLabel(), templateVersion);
    }

    /** The machines of one side, which are the same in most passes: what changes from one to the next are pods. */
    private record Side(List<Machine> machines, List<Machine> going, List<Node> nodes, List<Node> untainted) {}

    /** What tells the machines of one side from others of their group. */
    private record Which(boolean old, boolean oneGroup, String label, OptionalLong version)
            implements Remembered<Side> {
        @Override
        public Side workedOut(View view, String group) {
            List<Machine> machines = new ArrayList<>();
            List<Machine> going = new ArrayList<>();
            List<Node> nodes = new ArrayList<>();
            for (Instance instance : view.instancesOf(group)) {
                Machine machine = Machine.of(instance, view.nodeOf(instance));
                if (!GroupState.alive(instance)) {
                    machine.node().ifPresent(n -> going.add(machine));
                } else if (!oneGroup || isOld(machine) == old) {
                    machines.add(machine);
                }
            }
            machines.sort(Comparator.comparing(Machine::name));
            machines.forEach(m -> m.node().ifPresent(nodes::add));
            return new Side(List.copyOf(machines), List.copyOf(going), List.copyOf(nodes), untainted(nodes));
        }

        private boolean isOld(Machine machine) {
            boolean newer = version.isPresent()
                    && machine.instance().launchTemplateVersion().equals(version);
            boolean labelled = machine.node().filter(n -> NewSide.has(n, label)).isPresent();
            return !newer && !(version.isEmpty() && labelled);
        }
    }

    /** An instance of the roll, with its node once it has joined. */
    record Machine(Instance instance, Optional<Node> node, String name) {
        static Machine of(Instance instance, Optional<Node> node) {
            return new Machine(instance, node, node.map(Node::name).orElse(instance.id()));
        }

        String zone() {
            return instance.availabilityZone();
        }
    }

    boolean back() {
        return back;
    }

    boolean sameGroup() {
        return params.from().equals(params.to());
    }

    /** The group whose machines leave in this direction. */
    String leavingGroup() {
        return back ? params.to() : params.from();
    }

    String arrivingGroup() {
        return back ? params.from() : params.to();
    }

    /** Machines that are still there and shall leave, by name. */
    List<Machine> leaving() {
        return leaving.machines();
    }

    /** Records how many nodes a NodePool has, in what is to hold the new ones; asks for no more of these than before. */
    Act count() {
        NodeGroup to = view.nodeGroup(params.to()).orElseThrow();
        return NodeHolders.hold(
                view, to, nodes(), NodeHolders.asked(view, to.name()), leaving().size());
    }

    /** Whether Karpenter makes the nodes of both sides. */
    boolean ofKarpenter() {
        return from.isPresent() && from.get().kind() == NodeGroup.Kind.KARPENTER;
    }

    /** The group by which Auto Scaling knows the machines that leave; empty when it does not. */
    String leavingByAutoScaling() {
        return ofKarpenter() ? "" : leavingGroup();
    }

    /**
     * Nodes that leave in this step or in another one still to come, and may still get pods, for they do not carry our soft
     * taint: a pod that moved to one of them would move again.
     */
    List<Node> untainted() {
        Set<Node> untainted = new LinkedHashSet<>(leaving.untainted());
        if (back) {
            untainted.addAll(untaintedOfNewSide());
        } else {
            for (String group : groupsToCome()) {
                untainted.addAll(toCome(group).untainted());
            }
        }
        return List.copyOf(untainted);
    }

    private List<Node> untaintedOfNewSide() {
        return view.unlessChanged(
                Set.of(Part.NODES),
                new UntaintedOfNewSide(params.cniLabel()),
                () -> untainted(view.nodes().stream()
                        .filter(n -> NewSide.has(n, params.cniLabel()))
                        .toList()));
    }

    private record UntaintedOfNewSide(String label) {}

    /** Old nodes that later steps replace, or a later run. */
    List<Node> later() {
        return groupsToCome().stream()
                .flatMap(group -> toCome(group).nodes().stream())
                .toList();
    }

    private List<String> groupsToCome() {
        List<String> groups = new ArrayList<>(params.later());
        groups.addAll(progress.bounds().left());
        return groups;
    }

    private record Old(List<Node> nodes, List<Node> untainted) {}

    private record OldOf(String label) implements Remembered<Old> {
        @Override
        public Old workedOut(View view, String group) {
            List<Node> nodes = view.nodesOf(group).stream()
                    .filter(n -> !NewSide.has(n, label))
                    .toList();
            return new Old(nodes, Fleet.untainted(nodes));
        }
    }

    private Old toCome(String group) {
        return view.unlessGroupChanged(group, new OldOf(params.cniLabel()));
    }

    private static List<Node> untainted(List<Node> nodes) {
        return nodes.stream().filter(n -> !n.tainted(NodeMarks.TAINT)).toList();
    }

    /** Nodes of the machines that leave. */
    List<Node> nodes() {
        return leaving.nodes();
    }

    /** Machines that are to stay, by name. */
    List<Machine> arriving() {
        return arriving.machines();
    }

    /** Machines that were told to go and whose node is still seen. */
    List<Machine> going() {
        return leaving.going();
    }

    /** The version that new nodes of a roll within one group start from. */
    OptionalLong templateVersion() {
        return templateVersion;
    }

    /** The first act of ours on the size of the old group, with what stood there; of a NodePool, the first ask for new nodes. */
    Optional<Progress.Entry> begun() {
        return resized.or(this::held);
    }

    private Optional<Progress.Entry> held() {
        return NodeHolders.first(progress, params.to());
    }

    /** How many nodes the old group had. */
    int wanted() {
        return wanted;
    }

    private int countWanted() {
        int now = from.map(NodeGroup::desiredSize).orElse(0);
        if (resized.isPresent()) {
            return (int) Tree.number(resized.get().before(), now, "desiredSize");
        }
        return held().map(NodeHolders::replaces).orElse(now);
    }

    int earlierMin() {
        int now = from.map(NodeGroup::minSize).orElse(0);
        return begun().map(e -> (int) Tree.number(e.before(), now, "minSize")).orElse(now);
    }

    int earlierMax() {
        int now = from.map(NodeGroup::maxSize).orElse(0);
        return begun().map(e -> (int) Tree.number(e.before(), now, "maxSize")).orElse(now);
    }

    /** When the last machine was told to go. */
    Optional<Progress.Entry> lastTermination() {
        List<Progress.Entry> all = progress.all(TerminateInstance.class);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }
}
