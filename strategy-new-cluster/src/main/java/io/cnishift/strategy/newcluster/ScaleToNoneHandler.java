package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Replicas to nought, which lets pods end in their own time; back to what they were, and until they are all there again. */
final class ScaleToNoneHandler implements StepHandler<ScaleToNone> {

    @Override
    public StepOutcome next(View view, ScaleToNone params, Progress progress) {
        List<PatchObject> due = new ArrayList<>();
        int pods = 0;
        for (String key : params.workloads()) {
            Optional<Workload> workload = view.workload(key);
            if (workload.filter(w -> w.desired() > 0).isPresent()) {
                due.add(Scaling.to(workload.get(), 0));
            }
            pods += view.podsOf(key).size();
        }
        if (!due.isEmpty()) {
            return Outcomes.perform("letting the first cluster's workloads end", due, progress);
        }
        return pods == 0
                ? Outcomes.done(Count.of(params.workloads().size(), "workload has", "workloads have")
                        + " no pods in the first cluster")
                : Outcomes.notYet(
                        5,
                        Count.of(pods, "pod of the first cluster has", "pods of the first cluster have")
                                + " yet to end");
    }

    @Override
    public StepOutcome back(View view, ScaleToNone params, Progress progress) {
        List<PatchObject> due = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (String key : params.workloads()) {
            Optional<Workload> workload = view.workload(key);
            Optional<Long> before = Scaling.before(key, progress);
            if (workload.isPresent() && before.isPresent()) {
                if (workload.get().desired() == 0) {
                    due.add(Scaling.to(workload.get(), before.get()));
                } else if (!workload.get().settled()) {
                    waiting.add(key);
                }
            }
        }
        if (!due.isEmpty()) {
            return Outcomes.perform("bringing the first cluster's workloads back", due, progress);
        }
        return waiting.isEmpty()
                ? Outcomes.done("the first cluster's workloads have their pods again")
                : Outcomes.notYet(5, waiting.get(0) + " has not all its pods again");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.WORKLOADS, Part.PODS);
    }
}
