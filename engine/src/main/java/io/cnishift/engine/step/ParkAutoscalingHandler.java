package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.ParkAutoscaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parks the cluster: controllers that add, remove or drain nodes stop running ({@link ControllerPark}), then the groups
 * are held ({@link GroupPark}), those that the plan makes as soon as they are there. Held until the cleanup: what somebody
 * switches on again is switched off again.
 */
final class ParkAutoscalingHandler implements StepHandler<ParkAutoscaling> {

    @Override
    public StepOutcome next(View view, ParkAutoscaling params, Progress progress) {
        List<Act> acts = new ArrayList<>();
        Optional<String> wait = Optional.empty();
        for (String key : params.controllers()) {
            Optional<Workload> controller = view.workload(key);
            controller.flatMap(ControllerPark::act).ifPresent(acts::add);
            if (wait.isEmpty() && controller.isPresent() && ControllerPark.runs(view, controller.get())) {
                wait = Optional.of("waiting for the last pod of " + Refs.words(key) + " to go");
            }
        }
        for (String name : params.groups()) {
            Optional<NodeGroup> group = view.nodeGroup(name);
            if (group.filter(g -> g.kind() == NodeGroup.Kind.KARPENTER).isPresent()) {
                return Outcomes.blocked(StepCode.NOT_PARKABLE.of(
                        "NodePool " + name,
                        "is Karpenter's, which has no Auto Scaling group to hold",
                        "let its owner set its limits to what it has, and leave it out of the groups"));
            }
            if (group.isPresent()) {
                acts.addAll(GroupPark.acts(group.get(), params, progress));
                if (wait.isEmpty() && GroupPark.waits(group.get(), params, progress)) {
                    wait = Optional.of("waiting for node group " + name + ", which is "
                            + group.get().status());
                }
            }
        }
        for (String name : params.newGroups()) {
            view.nodeGroup(name).flatMap(GroupPark::keepsZones).ifPresent(acts::add);
        }
        if (!acts.isEmpty()) {
            return new Attempts(progress).perform("parking autoscaling", acts);
        }
        return wait.map(why -> Outcomes.notYet(5, why))
                .orElseGet(() -> Outcomes.done(Count.of(params.groups().size(), "group") + " and "
                        + Count.of(params.controllers().size(), "controller") + " held"));
    }

    @Override
    public StepOutcome back(View view, ParkAutoscaling params, Progress progress) {
        return Unpark.of(view, progress, progress, Set.of());
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.NODE_GROUPS, Part.WORKLOADS, Part.PODS);
    }

    @Override
    public List<Fact> facts(View view, ParkAutoscaling params) {
        return params.groups().stream()
                .map(g -> Fact.equal("node-groups/" + g, "name", g))
                .toList();
    }

    @Override
    public Optional<String> holdsUntil(ParkAutoscaling params) {
        return Optional.of("cleanup");
    }
}
