package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The machines of a roll in one direction, as one pass sees them: those that leave and those that arrive. In a roll within
 * one group they are told apart by the version of their launch template. Sizes that stood at the start come from the journal:
 * the first act of a roll on its old group records them.
 */
final class Fleet {

    private static final Set<Part> MACHINES = Set.of(Part.INSTANCES, Part.NODES);

    private final View view;
    private final RollNodes params;
    private final Progress progress;
    private final boolean back;
    private final OptionalLong templateVersion;
    private final Which which;
    private final Sides sides;
    private final Optional<Progress.Entry> resized;

    Fleet(View view, RollNodes params, Progress progress, boolean back) {
        this.view = view;
        this.params = params;
        this.progress = progress;
        this.back = back;
        this.templateVersion = params.templateStep().isEmpty()
                ? OptionalLong.empty()
                : TemplateVersions.made(view, progress.of(params.templateStep()));
        this.which = new Which(leavingGroup(), arrivingGroup(), back, params.cniLabel(), templateVersion);
        this.sides = view.unlessChanged(MACHINES, which, this::look);
        this.resized = progress.all(SetGroupSize.class).stream()
                .filter(e -> ((SetGroupSize) e.act()).group().equals(params.from()))
                .findFirst();
    }

    /** What tells the machines of one roll from all others. */
    record Which(String leaving, String arriving, boolean back, String label, OptionalLong version) {
        @Override
        public int hashCode() {
            return leaving.hashCode();
        }
    }

    /** The machines of both sides, which are the same in most passes: what changes from one to the next are pods. */
    private record Sides(List<Machine> leaving, List<Machine> arriving, List<Machine> going, List<Node> nodes) {}

    private Sides look() {
        List<Machine> leaving = machines(leavingGroup(), !back);
        return new Sides(
                leaving,
                machines(arrivingGroup(), back),
                view.instancesOf(leavingGroup()).stream()
                        .filter(i -> !GroupState.alive(i))
                        .map(i -> new Machine(i, view.nodeOf(i)))
                        .filter(m -> m.node().isPresent())
                        .toList(),
                leaving.stream().flatMap(m -> m.node().stream()).toList());
    }

    /** An instance of the roll, with its node once it has joined. */
    record Machine(Instance instance, Optional<Node> node) {
        String name() {
            return node.map(Node::name).orElse(instance.id());
        }

        String zone() {
            return instance.availabilityZone();
        }
    }

    Which which() {
        return which;
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
        return sides.leaving();
    }

    /** Records how many nodes a NodePool has, in what is to hold the new ones; asks for no more of these than before. */
    Act count() {
        NodeGroup to = view.nodeGroup(params.to()).orElseThrow();
        return NodeHolders.hold(
                view, to, nodes(), NodeHolders.asked(view, to.name()), leaving().size());
    }

    /** Whether Karpenter makes the nodes of both sides. */
    boolean ofKarpenter() {
        return view.nodeGroup(params.from())
                .filter(g -> g.kind() == NodeGroup.Kind.KARPENTER)
                .isPresent();
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
        return view.unlessChanged(
                MACHINES,
                new UntaintedOf(which, params.later(), progress.bounds().left()),
                this::lookForUntainted);
    }

    private record UntaintedOf(Which which, List<String> later, List<String> left) {}

    private List<Node> lookForUntainted() {
        Stream<Node> others =
                back ? view.nodes().stream().filter(n -> NewSide.has(n, params.cniLabel())) : later().stream();
        return Stream.concat(nodes().stream(), others)
                .filter(n -> !n.tainted(NodeMarks.TAINT))
                .distinct()
                .toList();
    }

    /** Old nodes that later steps replace, or a later run. */
    List<Node> later() {
        return Stream.concat(params.later().stream(), progress.bounds().left().stream())
                .flatMap(group -> view.nodesOf(group).stream())
                .filter(n -> !NewSide.has(n, params.cniLabel()))
                .toList();
    }

    /** Nodes of the machines that leave. */
    List<Node> nodes() {
        return sides.nodes();
    }

    /** Machines that are to stay, by name. */
    List<Machine> arriving() {
        return sides.arriving();
    }

    /** Machines that were told to go and whose node is still seen. */
    List<Machine> going() {
        return sides.going();
    }

    private List<Machine> machines(String group, boolean old) {
        return view.instancesOf(group).stream()
                .filter(GroupState::alive)
                .filter(i -> !sameGroup() || isOld(i) == old)
                .map(i -> new Machine(i, view.nodeOf(i)))
                .sorted(Comparator.comparing(Machine::name))
                .toList();
    }

    private boolean isOld(Instance instance) {
        OptionalLong target = templateVersion();
        boolean newer = target.isPresent() && instance.launchTemplateVersion().equals(target);
        boolean labelled = view.nodeOf(instance)
                .filter(n -> n.labels().containsKey(params.cniLabel()))
                .isPresent();
        return !newer && !(target.isEmpty() && labelled);
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
        int now = view.nodeGroup(params.from()).map(NodeGroup::desiredSize).orElse(0);
        return resized.map(e -> (int) Tree.number(e.before(), now, "desiredSize"))
                .or(() -> held().map(NodeHolders::replaces))
                .orElse(now);
    }

    int earlierMin() {
        int now = view.nodeGroup(params.from()).map(NodeGroup::minSize).orElse(0);
        return begun().map(e -> (int) Tree.number(e.before(), now, "minSize")).orElse(now);
    }

    int earlierMax() {
        int now = view.nodeGroup(params.from()).map(NodeGroup::maxSize).orElse(0);
        return begun().map(e -> (int) Tree.number(e.before(), now, "maxSize")).orElse(now);
    }

    /** When the last machine was told to go. */
    Optional<Progress.Entry> lastTermination() {
        List<Progress.Entry> all = progress.all(TerminateInstance.class);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }
}
