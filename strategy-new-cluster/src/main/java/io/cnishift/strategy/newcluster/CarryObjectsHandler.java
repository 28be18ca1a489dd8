package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Carries what the second cluster has not got; takes back what this step carried, and nothing that was there by itself. */
final class CarryObjectsHandler implements StepHandler<CarryObjects> {

    @Override
    public StepOutcome next(View view, CarryObjects params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Inventory there = new Inventory(second);
            List<ObjectRef> wanted = new Inventory(view).of(params.namespaces(), params.kinds());
            Optional<String> unplanned = unplanned(
                    view,
                    params,
                    wanted.stream()
                            .filter(ref -> !there.has(ref))
                            .map(Inventory::key)
                            .toList());
            if (unplanned.isPresent()) {
                return Outcomes.blocked(Code.UNPLANNED.of(
                        unplanned.get(),
                        "it came up after the plan was made, which does not say how to hand it over",
                        "delete it until the migration is over, then resume; else roll back and plan anew"));
            }
            List<CarryObject> missing = wanted.stream()
                    .filter(ref -> !there.has(ref))
                    .map(ref -> new CarryObject(ref, params.changes().getOrDefault(Inventory.key(ref), Map.of())))
                    .toList();
            return missing.isEmpty()
                    ? Outcomes.done((wanted.isEmpty()
                                    ? "the first cluster has none to copy"
                                    : Count.of(
                                            wanted.size(),
                                            "object is in the second cluster",
                                            "objects are in the second cluster"))
                            + ", of " + String.join(", ", params.kinds()))
                    : Outcomes.perform("copying what the second cluster has not got", missing, progress);
        });
    }

    /** One of these that would have to be other in the second cluster, had the plan known it. */
    private static Optional<String> unplanned(View view, CarryObjects params, List<String> missing) {
        List<String> unknown = missing.stream()
                .filter(key -> Inventory.WORKLOADS.contains(key.substring(0, key.indexOf('/'))))
                .filter(key -> !params.changes().containsKey(key))
                .toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        List<String> moving = new ClaimedVolumes(view, params.namespaces())
                .movers().stream().map(Workload::key).toList();
        return unknown.stream()
                .filter(key -> key.startsWith("CronJob/") || moving.contains(key))
                .findFirst();
    }

    @Override
    public StepOutcome back(View view, CarryObjects params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Inventory there = new Inventory(second);
            List<Act> left = new ArrayList<>();
            carried(progress).forEach((ref, uid) -> {
                if (there.has(ref)) {
                    left.add(new OnSecond(new DeleteObject(ref, uid)));
                }
            });
            Collections.reverse(left);
            return left.isEmpty()
                    ? Outcomes.done("what was copied is gone from the second cluster")
                    : Outcomes.perform("removing what was copied", left, progress);
        });
    }

    /** What this step made there, each with its UID where that is known. */
    private static Map<ObjectRef, Optional<String>> carried(Progress progress) {
        Map<ObjectRef, Optional<String>> carried = new LinkedHashMap<>();
        for (Progress.Entry entry : progress.all(CarryObject.class)) {
            if (Outcomes.mayBeDone(entry.result()) && entry.before().isEmpty()) {
                Optional<String> uid =
                        entry.result().fold(done -> Tree.text(done.produced(), "uid"), refused -> Optional.empty());
                carried.put(((CarryObject) entry.act()).object(), uid);
            }
        }
        return carried;
    }

    @Override
    public Set<Part> reads() {
        Set<Part> parts = EnumSet.of(Part.PODS, Part.VOLUMES);
        parts.addAll(Inventory.PARTS);
        return parts;
    }
}
