package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A roll the other way.
 *
 * <ol>
 *   <li>The old nodes that are left take pods and traffic again: marks, cordons and taints of ours go, targets come back.
 *   <li>The old group may launch and gets its recorded size, by as many nodes at a time as its subnets have room for; they start
 *       from the old template.
 *       Where the roll had no surge, it gets as many as new ones have gone, since the same capacity cannot hold both.
 *       A NodePool gets its limits and budgets back, the new one is closed, and pods hold as many old nodes as there were.
 *   <li>New nodes are drained onto old ones as soon as these are ready, with the same machines and rules as before.
 *   <li>Templates that carry our restart lose it, which is how their pods move back; then sizes are as they were.
 * </ol>
 */
final class WayBack {

    private final View view;
    private final RollNodes params;
    private final Progress progress;
    private final Fleet fleet;

    WayBack(View view, RollNodes params, Progress progress) {
        this.view = view;
        this.params = params;
        this.progress = progress;
        this.fleet = new Fleet(view, params, progress, true);
    }

    StepOutcome next() {
        Optional<NodeGroup> from = view.nodeGroup(params.from());
        if (from.isEmpty()) {
            return Outcomes.blocked(StepCode.GROUP_NOT_RESTORABLE.of(
                    "node group " + params.from(),
                    "is gone, so its nodes cannot come back",
                    "make it again with the tool that owns it, then resume the rollback"));
        }
        List<Act> cleaning = cleaning();
        if (!cleaning.isEmpty()) {
            return new Attempts(progress).perform("letting old nodes take pods again", cleaning);
        }
        if (fleet.begun().isEmpty()
                && fleet.leaving().isEmpty()
                && fleet.going().isEmpty()) {
            return Outcomes.done("no node of " + params.from() + " was replaced");
        }
        return launching(from.get()).orElseGet(() -> roll(from.get()));
    }

    private List<Act> cleaning() {
        List<Act> acts = new ArrayList<>();
        fleet.arriving()
                .forEach(
                        m -> m.node().flatMap(n -> NodeMarks.clean(n, progress)).ifPresent(acts::add));
        fleet.later().forEach(n -> NodeMarks.clean(n, progress).ifPresent(acts::add));
        withdrawn().forEach(n -> NodeMarks.clean(n, progress).ifPresent(acts::add));
        Set<String> leaving =
                fleet.leaving().stream().map(m -> m.instance().id()).collect(Collectors.toSet());
        acts.addAll(NodeTargets.reregister(view, progress, leaving));
        return acts;
    }

    /** Nodes of other groups that load balancers left because of this roll. */
    private List<Node> withdrawn() {
        return view.nodes().stream()
                .filter(n -> params.apart() && !NewSide.has(n, params.cniLabel()))
                .filter(n -> !view.nodesOf(params.from()).contains(n) && NodeMarks.excludedByUs(n))
                .toList();
    }

    /** Gives the old group its template and its size back, as far as nodes of it are missing. */
    private Optional<StepOutcome> launching(NodeGroup from) {
        if (fleet.ofKarpenter()) {
            return pools(from);
        }
        Optional<Act> template = template(from);
        if (template.isPresent()) {
            return Optional.of(new Attempts(progress).perform("pointing " + from.name() + " back", template.get()));
        }
        int others = fleet.sameGroup() ? fleet.leaving().size() : 0;
        int size = due() + others;
        boolean missing = fleet.arriving().size() < due();
        if (missing && from.suspendedProcesses().contains("Launch")) {
            return Optional.of(new Attempts(progress)
                    .perform(
                            "letting " + from.name() + " launch", new ResumeProcesses(from.name(), List.of("Launch"))));
        }
        if (!missing || from.desiredSize() >= size) {
            return Optional.empty();
        }
        int room = new Replacement(view, params, progress, fleet).roomBack(from, size - from.desiredSize());
        return room == 0 ? Optional.empty() : Optional.of(raise(from, from.desiredSize() + room));
    }

    /** How many old nodes may be there by now: all, or as many as new ones have gone where none may be extra. */
    private int due() {
        return inPlace()
                ? Math.max(
                        0,
                        fleet.wanted() - fleet.leaving().size() - fleet.going().size())
                : fleet.wanted();
    }

    private boolean inPlace() {
        return params.maxSurge() == 0 && !fleet.ofKarpenter();
    }

    private StepOutcome raise(NodeGroup from, int size) {
        if (!from.status().equals("ACTIVE")) {
            return Outcomes.notYet(5, "node group " + from.name() + " is " + from.status());
        }
        int least = Math.min(from.minSize(), size);
        int most = Math.max(fleet.earlierMax(), size);
        return new Attempts(progress)
                .perform(
                        "raising " + from.name() + " to " + Count.of(size, "node"),
                        new SetGroupSize(from.name(), least, most, size));
    }

    /** The new NodePool is closed, so that pods which leave its nodes get old ones, and these are asked for. */
    private Optional<StepOutcome> pools(NodeGroup from) {
        List<Act> acts = new ArrayList<>();
        PoolFreeze.lifted(view, from.name(), progress).ifPresent(acts::add);
        view.get(Part.NODE_POOLS, NodePool.class, params.to())
                .filter(pool -> !pool.closed())
                .ifPresent(pool -> acts.add(close(pool)));
        NodeHolders.release(view, params.to()).ifPresent(acts::add);
        boolean missing = fleet.arriving().size() < fleet.wanted();
        if (acts.isEmpty() && missing && NodeHolders.asked(view, from.name()) < fleet.wanted()) {
            acts.add(NodeHolders.hold(view, from, old(), fleet.wanted(), fleet.wanted()));
        }
        return acts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempts(progress).perform("letting NodePool " + from.name() + " launch", acts));
    }

    /** Nodes like those that are to come: old ones that are left, else new ones, which are of the same types. */
    private List<Node> old() {
        List<Node> left =
                fleet.arriving().stream().flatMap(m -> m.node().stream()).toList();
        return left.isEmpty() ? fleet.nodes() : left;
    }

    private static Act close(NodePool pool) {
        return new PatchObject(
                ObjectRef.of("karpenter.sh/v1", "NodePool", pool.name()),
                PatchType.MERGE,
                Map.of("spec", Map.of("limits", Map.of("cpu", "0"))),
                Optional.empty());
    }

    private Optional<Act> template(NodeGroup from) {
        return progress.all(UseTemplateVersion.class).stream()
                .findFirst()
                .filter(e -> ((UseTemplateVersion) e.act()).version()
                        == from.launchTemplate()
                                .map(NodeGroup.LaunchTemplate::version)
                                .orElse(0L))
                .flatMap(e -> e.act().inverse(e.before()));
    }

    private StepOutcome roll(NodeGroup from) {
        Agenda agenda = new Agenda();
        Replacement replacement = new Replacement(view, params, progress, fleet);
        List<Node> ready = new ArrayList<>();
        for (Fleet.Machine machine : fleet.arriving()) {
            Optional<String> lacks =
                    machine.node().map(n -> Readiness.ofOld(view, n)).orElse(Optional.of("has not joined"));
            if (lacks.isPresent()) {
                replacement.joining(machine, lacks.get(), agenda);
            } else {
                ready.add(machine.node().orElseThrow());
            }
        }
        int missing = due() - fleet.arriving().size();
        if (missing > 0 && replacement.fullBack(from)) {
            replacement.full(from, agenda);
        } else if (missing > 0) {
            agenda.wait(
                    15,
                    "node group " + from.name() + " has " + fleet.arriving().size() + " of "
                            + fleet.wanted() + " nodes"
                            + (from.issues().isEmpty() ? "" : ": " + String.join("; ", from.issues())));
        }
        Roll roll = new Roll(view, params, progress, fleet, ready);
        Waves waves = new Waves(roll, Optional.empty());
        if (fleet.leaving().isEmpty() && fleet.going().isEmpty()) {
            return agenda.idle() ? finished(roll) : agenda.outcome(progress);
        }
        drain(waves, ready, agenda);
        return agenda.idle()
                ? waves.blocking().map(Outcomes::blocked).orElseGet(() -> finished(roll))
                : agenda.outcome(progress);
    }

    private void drain(Waves waves, List<Node> ready, Agenda agenda) {
        NodeGroup to = view.nodeGroup(params.to()).orElseThrow();
        if (!fleet.sameGroup() && to.minSize() > 0) {
            agenda.act(
                    "letting " + to.name() + " shrink", new SetGroupSize(to.name(), 0, to.maxSize(), to.desiredSize()));
            return;
        }
        int spare = ready.size() + fleet.leaving().size() - fleet.wanted();
        int inPlace = spare >= 0 ? params.maxUnavailable() : 0;
        int capacity = inPlace() ? inPlace : Math.min(spare, ready.size());
        List<Node> untainted = fleet.untainted();
        if (capacity > 0 && !untainted.isEmpty()) {
            agenda.acts(
                    "tainting " + Count.of(untainted.size(), "new node"),
                    untainted.stream().map(NodeMarks::taint).toList());
        } else {
            waves.next(agenda, Math.max(1, params.maxUnavailable()), capacity);
        }
    }

    private StepOutcome finished(Roll roll) {
        List<Act> acts = new ArrayList<>(roll.surge().annotations());
        if (acts.isEmpty()) {
            acts.addAll(roll.surge().strategies());
            NodeHolders.release(view, params.from()).ifPresent(acts::add);
            sizes().ifPresent(acts::add);
        }
        return acts.isEmpty()
                ? Outcomes.done("pods run on " + Count.of(fleet.wanted(), "node") + " of " + params.from() + " again")
                : new Attempts(progress).perform("restoring templates, strategies and sizes", acts);
    }

    private Optional<Act> sizes() {
        Optional<NodeGroup> from =
                view.nodeGroup(params.from()).filter(g -> fleet.begun().isPresent());
        return from.filter(g -> g.minSize() != fleet.earlierMin() || g.maxSize() != fleet.earlierMax())
                .filter(g -> g.desiredSize() >= fleet.earlierMin() && g.desiredSize() <= fleet.earlierMax())
                .map(g -> new SetGroupSize(g.name(), fleet.earlierMin(), fleet.earlierMax(), g.desiredSize()));
    }
}
