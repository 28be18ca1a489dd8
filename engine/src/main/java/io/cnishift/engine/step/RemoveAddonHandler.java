package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RemoveAddon;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes an add-on that no node needs any more.
 *
 * <ol>
 *   <li>Two guards: every Linux node carries the label of the new side, and the DaemonSets want no node. Both are asked
 *       until the first deletion; after it there is nothing left to guard.
 *   <li>The DaemonSets are deleted first, each with its pre-image, then the add-on, or the other objects where the add-on is
 *       self-managed.
 * </ol>
 *
 * The way back applies the objects first, DaemonSets with the node selector of the fence in them, and then the add-on, which
 * takes them over and does not own the selector. So the CNI that comes back never starts on a node of the new side.
 */
final class RemoveAddonHandler implements StepHandler<RemoveAddon> {

    private static final Set<String> FAILED = Set.of("DELETE_FAILED", "CREATE_FAILED");

    @Override
    public StepOutcome next(View view, RemoveAddon params, Progress progress) {
        Optional<Addon> addon = view.addon(params.addon());
        boolean managed = addon.isPresent() || !progress.all(DeleteAddon.class).isEmpty();
        List<ObjectRef> objects = objects(view, params, managed);
        List<Act> acts = new ArrayList<>();
        objects.stream()
                .map(o -> new DeleteObject(o, Optional.empty()))
                .filter(act -> !Manifests.reached(view, act, progress))
                .forEach(acts::add);
        Optional<StepOutcome> leaving = addon.flatMap(RemoveAddonHandler::leaving);
        if (leaving.isPresent()) {
            return leaving.get();
        }
        addon.ifPresent(a -> acts.add(new DeleteAddon(a.name())));
        if (acts.isEmpty()) {
            return Outcomes.done(params.addon() + " is removed");
        }
        boolean begun = Stream.concat(
                        progress.all(DeleteObject.class).stream(), progress.all(DeleteAddon.class).stream())
                .anyMatch(e -> e.result().done());
        return (begun ? Optional.<StepOutcome>empty() : needed(view, params))
                .orElseGet(() -> new Attempts(progress).perform("removing " + params.addon(), acts));
    }

    private static Optional<StepOutcome> leaving(Addon addon) {
        if (addon.status().equals("DELETING")) {
            return Optional.of(Outcomes.notYet(10, "add-on " + addon.name() + " is being deleted"));
        }
        return addon.status().equals("DELETE_FAILED") ? Optional.of(AddonHealth.blocked(addon)) : Optional.empty();
    }

    private static Optional<StepOutcome> needed(View view, RemoveAddon params) {
        List<Node> without = view.nodes().stream()
                .filter(n -> n.linux() && !n.labels().containsKey(params.needs()))
                .toList();
        if (!without.isEmpty()) {
            return Optional.of(Outcomes.blocked(StepCode.CNI_STILL_NEEDED.of(
                    "add-on " + params.addon(),
                    Count.of(without.size(), "node lacks", "nodes lack") + " the label " + params.needs()
                            + ", among them " + without.get(0).name(),
                    "replace these nodes first; where they may stay, leave the add-on to them")));
        }
        return params.workloads().stream()
                .flatMap(w -> view.workload(w).stream())
                .filter(w -> w.desired() > 0)
                .findFirst()
                .map(w -> wanted(view, w, params));
    }

    /** Right after the last old node is gone its controller may not have counted yet. */
    private static StepOutcome wanted(View view, Workload workload, RemoveAddon params) {
        boolean runs = view.podsOf(workload.key()).stream()
                .anyMatch(p -> !p.terminating() && p.node().flatMap(view::node).isPresent());
        return runs
                ? Outcomes.blocked(StepCode.CNI_STILL_NEEDED.of(
                        "add-on " + params.addon(),
                        Refs.words(workload.key()) + " still runs on " + Count.of(workload.desired(), "node"),
                        "see which nodes its node selector matches"))
                : Outcomes.notYet(
                        5, Refs.words(workload.key()) + " still wants " + Count.of(workload.desired(), "node"));
    }

    /** The DaemonSets of an add-on; all objects where EKS does not manage them. */
    private static List<ObjectRef> objects(View view, RemoveAddon params, boolean managed) {
        Set<ObjectRef> objects = new LinkedHashSet<>();
        params.workloads().stream()
                .flatMap(w -> view.workload(w).stream())
                .map(Refs::of)
                .forEach(objects::add);
        if (!managed) {
            objects.addAll(params.objects());
        }
        return List.copyOf(objects);
    }

    @Override
    public StepOutcome back(View view, RemoveAddon params, Progress progress) {
        List<Progress.Entry> deleted = new ArrayList<>(progress.all(DeleteObject.class));
        Collections.reverse(deleted);
        List<Act> objects = deleted.stream()
                .filter(e -> Attempts.mayHaveHappened(e.result()))
                .flatMap(e -> e.act().inverse(e.before()).stream())
                .distinct()
                .filter(act -> !Manifests.reached(view, act, progress))
                .toList();
        if (!objects.isEmpty()) {
            return new Attempts(progress).perform("applying the objects of " + params.addon() + " again", objects);
        }
        return addonBack(view, params, progress)
                .or(() -> params.workloads().stream()
                        .flatMap(w -> view.workload(w).stream())
                        .flatMap(w -> Settling.of(view, w, progress).stream())
                        .findFirst())
                .orElseGet(() -> Outcomes.done(params.addon() + " is as before"));
    }

    private static Optional<StepOutcome> addonBack(View view, RemoveAddon params, Progress progress) {
        Optional<Act> create =
                Attempts.first(progress, DeleteAddon.class).flatMap(e -> e.act().inverse(e.before()));
        Optional<Addon> addon = view.addon(params.addon());
        if (create.isEmpty() || addon.filter(a -> a.status().equals("ACTIVE")).isPresent()) {
            return Optional.empty();
        }
        if (addon.filter(a -> FAILED.contains(a.status())).isPresent()) {
            return addon.map(AddonHealth::blocked);
        }
        return Optional.of(
                addon.isPresent()
                        ? Outcomes.notYet(
                                10,
                                "add-on " + params.addon() + " is "
                                        + addon.get().status())
                        : new Attempts(progress)
                                .perform(
                                        "installing add-on " + params.addon(),
                                        ((CreateAddon) create.get()).tagged(CreationTags.of(progress))));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.ADDONS, Part.NODES, Part.PODS, Part.WORKLOADS, Part.CILIUM_NODE_CONFIGS);
    }

    @Override
    public List<Fact> facts(View view, RemoveAddon params) {
        return view.addon(params.addon()).map(a -> Fact.equal("addons/" + a.name(), "version", a.version())).stream()
                .toList();
    }
}
