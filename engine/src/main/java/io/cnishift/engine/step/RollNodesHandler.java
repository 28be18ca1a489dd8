package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.fact.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Replaces the nodes of one group by nodes of another.
 *
 * <ol>
 *   <li>The old group is frozen: no minimum, no room to grow. That act records its sizes, from which all else is counted.
 *   <li>The new group is raised to what has gone and the surge ({@link Replacement}).
 *   <li>A new node counts once it is ready for the target CNI ({@link Readiness}) and its zone is proven ({@link Proof}).
 *   <li>Before the first drain every old node is tainted softly, those of groups that later steps replace too, so that a pod
 *       which moves finds a new node.
 *   <li>Where the sides do not reach each other, load balancers leave the old nodes ({@link Withdrawal}).
 *   <li>Old nodes are drained in waves ({@link Waves}), each by a machine of its own ({@link Drain}).
 *   <li>What the bounds of the run leave to a later one is said once all that began has ended.
 *   <li>At the end the new group gets the old one's minimum, Deployments their own update strategy, and nodes that the plan
 *       keeps take pods again.
 * </ol>
 *
 * <p>The template of a NodePool is not edited while it is in use, for Karpenter would replace its nodes: the new one outweighs it, and
 * gets its size by pods ({@link NodeHolders}), the first of which record how many nodes there were. The old one is frozen by limits and
 * budgets ({@link PoolFreeze}), and stays so unless nodes of it remain.
 *
 * <p>With the extent {@code canary} it ends after the fourth, and freezes nothing ({@link Canary}).
 *
 * <p>Invariants: a drain begins only when the capacity that it takes away is there and proven (with a surge) or when all that
 * was taken before is replaced (without one). No eviction breaks a budget or takes a Service below its minimum. No subnet is
 * asked for an address that it has not. A pass looks at the pods of nodes that are drained or about to be; of all others
 * only at the node itself.
 */
final class RollNodesHandler implements StepHandler<RollNodes> {

    @Override
    public StepOutcome next(View view, RollNodes params, Progress progress) {
        Optional<NodeGroup> from = view.nodeGroup(params.from());
        boolean karpenter =
                from.filter(g -> g.kind() == NodeGroup.Kind.KARPENTER).isPresent();
        if (karpenter && view.nodeGroup(params.to()).isEmpty()) {
            return Outcomes.notYet(5, "NodePool " + params.to() + " is not seen yet");
        }
        if (from.isEmpty() || view.nodeGroup(params.to()).isEmpty()) {
            return new StepOutcome.Failed(
                    "there is no node group " + (from.isEmpty() ? params.from() : params.to()), Disposition.ASK);
        }
        Fleet fleet = new Fleet(view, params, progress, false);
        if (params.extent() == RollNodes.Extent.CANARY) {
            return new Canary(view, params, progress).next(fleet);
        }
        Optional<StepOutcome> first = prepared(view, from.get(), fleet, progress);
        return first.isPresent() ? first.get() : roll(view, params, progress, fleet);
    }

    /** What has to be done before anything else: sizes recorded, template in force. */
    private static Optional<StepOutcome> prepared(View view, NodeGroup from, Fleet fleet, Progress progress) {
        if (fleet.sameGroup()) {
            return template(from, fleet, progress);
        }
        if (fleet.ofKarpenter()) {
            return fleet.leaving().isEmpty() ? Optional.empty() : pool(view, from, fleet, progress);
        }
        if (GroupState.sized(from, progress) || fleet.leaving().isEmpty()) {
            return Optional.empty();
        }
        if (!from.status().equals("ACTIVE")) {
            return Optional.of(Outcomes.notYet(5, "node group " + from.name() + " is " + from.status()));
        }
        int size = from.desiredSize();
        return Optional.of(new Attempts(progress)
                .perform(
                        "freezing node group " + from.name() + " at " + Count.of(size, "node"),
                        new SetGroupSize(from.name(), 0, Math.max(1, size), size)));
    }

    private static Optional<StepOutcome> pool(View view, NodeGroup from, Fleet fleet, Progress progress) {
        if (fleet.begun().isEmpty()) {
            return Optional.of(new Attempts(progress).perform("counting the nodes of " + from.name(), fleet.count()));
        }
        Optional<PatchObject> freeze = PoolFreeze.of(view, from.name(), progress);
        return freeze.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempts(progress).perform("freezing NodePool " + from.name(), freeze.get()));
    }

    private static Optional<StepOutcome> template(NodeGroup group, Fleet fleet, Progress progress) {
        if (group.kind() == NodeGroup.Kind.MANAGED) {
            return Optional.of(Outcomes.blocked(StepCode.SAME_GROUP_MANAGED.of(
                    "node group " + group.name(),
                    "is managed by EKS, which replaces nodes in its own order",
                    "plan with a new group (nodes=new-group)")));
        }
        OptionalLong version = fleet.templateVersion();
        Optional<NodeGroup.LaunchTemplate> template = group.launchTemplate();
        if (version.isEmpty() || template.isEmpty()) {
            return Optional.of(Outcomes.blocked(StepCode.TEMPLATE_UNKNOWN.of(
                    "node group " + group.name(),
                    "has no launch template version for its new nodes",
                    "make the plan again")));
        }
        return template.get().version() == version.getAsLong()
                ? Optional.empty()
                : Optional.of(new Attempts(progress)
                        .perform(
                                "pointing " + group.name() + " at version " + version.getAsLong(),
                                new UseTemplateVersion(
                                        group.name(), template.get().id(), version.getAsLong())));
    }

    private static StepOutcome roll(View view, RollNodes params, Progress progress, Fleet fleet) {
        Agenda agenda = new Agenda();
        Replacement replacement = new Replacement(view, params, progress, fleet);
        Proof proof = new Proof(view, params, progress, replacement.arrived(agenda), fleet.nodes());
        Roll roll = new Roll(view, params, progress, fleet, proof.proven());
        Waves waves = new Waves(roll, replacement.zoneToDrainFirst());
        int left = fleet.leaving().size();
        int gone = Math.max(0, fleet.wanted() - left);
        int surge = replacement.surge();
        // Which old nodes can be drained is a look at all their pods, and needless once all replacements are asked for.
        int wanted = replacement.asked() >= gone + surge ? surge : waves.wanted(surge);
        replacement.raise(gone + wanted, agenda);
        proof.next(agenda);
        if (agenda.hasBlocked() || left + fleet.going().size() == 0) {
            return agenda.idle() ? finished(view, params, progress, roll, waves) : agenda.outcome(progress);
        }
        int spare = roll.onto().size() - gone;
        if (waves.rests() && spare >= 0) {
            return rest(params, progress, fleet, waves);
        }
        int capacity = surge > 0 ? spare : (spare >= 0 ? params.maxUnavailable() : 0);
        List<Node> untainted = fleet.untainted();
        if (capacity > 0 && !untainted.isEmpty()) {
            agenda.acts(
                    "tainting " + Count.of(untainted.size(), "old node"),
                    untainted.stream().map(NodeMarks::taint).toList());
        } else if (!params.apart() || new Withdrawal(roll).isOver(agenda)) {
            waves.next(agenda, gone == 0 ? 1 : Math.max(1, params.maxUnavailable()), capacity);
        }
        if (!agenda.idle()) {
            return agenda.outcome(progress);
        }
        return waves.left() > 0 ? rest(params, progress, fleet, waves) : finished(view, params, progress, roll, waves);
    }

    /** The rest is for a later run. Pods of other groups, which move meanwhile, are not to move here. */
    private static StepOutcome rest(RollNodes params, Progress progress, Fleet fleet, Waves waves) {
        List<Node> untainted = fleet.untainted();
        return untainted.isEmpty()
                ? new StepOutcome.Later(Count.of(waves.left(), "node") + " of " + params.from())
                : taint(untainted, progress);
    }

    private static StepOutcome taint(List<Node> nodes, Progress progress) {
        return new Attempts(progress)
                .perform(
                        "tainting " + Count.of(nodes.size(), "old node"),
                        nodes.stream().map(NodeMarks::taint).toList());
    }

    /** Nothing is left to be drained: what stays may stay, or blocks; then sizes and strategies. */
    private static StepOutcome finished(View view, RollNodes params, Progress progress, Roll roll, Waves waves) {
        if (waves.blocking().isPresent()) {
            return Outcomes.blocked(waves.blocking().get());
        }
        List<Act> acts = new ArrayList<>(roll.surge().strategies());
        acts.addAll(roll.homes());
        NodeHolders.release(view, params.to()).ifPresent(acts::add);
        if (!waves.deferred().isEmpty()) {
            PoolFreeze.lifted(view, params.from(), progress).ifPresent(acts::add);
        }
        NodeGroup to = view.nodeGroup(params.to()).orElseThrow();
        Fleet fleet = roll.fleet();
        int least = Math.min(fleet.earlierMin(), to.desiredSize());
        int most = fleet.sameGroup() ? Math.max(fleet.earlierMax(), to.desiredSize()) : to.maxSize();
        if (fleet.begun().isPresent() && (to.minSize() != least || to.maxSize() != most)) {
            if (!to.status().equals("ACTIVE")) {
                return Outcomes.notYet(5, "node group " + to.name() + " is " + to.status());
            }
            acts.add(new SetGroupSize(to.name(), least, most, to.desiredSize()));
        }
        if (!acts.isEmpty()) {
            return new Attempts(progress).perform("restoring sizes, strategies and nodes", acts);
        }
        int replaced = Math.max(0, fleet.wanted() - fleet.leaving().size());
        return new StepOutcome.Done(
                Count.of(replaced, "node") + " of " + params.from() + " replaced"
                        + (PoolFreeze.isFrozen(view, params.from()) ? ", its NodePool launches no more" : ""),
                waves.deferred());
    }

    @Override
    public StepOutcome back(View view, RollNodes params, Progress progress) {
        return new WayBack(view, params, progress).next();
    }

    @Override
    public Set<Part> reads() {
        return Set.of(
                Part.INSTANCES,
                Part.NODE_GROUPS,
                Part.NODE_POOLS,
                Part.LAUNCH_TEMPLATES,
                Part.SUBNETS,
                Part.TARGET_GROUPS,
                Part.TARGET_GROUP_BINDINGS,
                Part.NODES,
                Part.PODS,
                Part.WORKLOADS,
                Part.SERVICES,
                Part.ENDPOINTS,
                Part.BUDGETS,
                Part.VOLUMES,
                Part.CILIUM_NODES);
    }

    @Override
    public List<Fact> facts(View view, RollNodes params) {
        return view.nodeGroup(params.from()).stream()
                .flatMap(g -> Stream.of("name", "kind", "subnets")
                        .map(field -> Facts.same(view, "node-groups/" + g.name(), field)))
                .toList();
    }
}
