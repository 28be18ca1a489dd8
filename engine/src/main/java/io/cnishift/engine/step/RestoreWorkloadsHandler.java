package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RestoreWorkloads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes restarts of other steps back, one workload after the other. Those steps are taken back already, so what they restarted is
 * known by the annotation that they left.
 */
final class RestoreWorkloadsHandler implements StepHandler<RestoreWorkloads> {

    @Override
    public StepOutcome next(View view, RestoreWorkloads params, Progress progress) {
        return Outcomes.done("for the way back");
    }

    @Override
    public StepOutcome back(View view, RestoreWorkloads params, Progress progress) {
        Set<String> values = params.restarts().stream()
                .map(step -> Restart.value(progress.of(step)))
                .collect(Collectors.toSet());
        List<Workload> workloads = view.workloads().stream().toList();
        return workloads.stream()
                .flatMap(w -> settling(view, w, progress).stream())
                .findFirst()
                .or(() -> workloads.stream()
                        .filter(w -> values.contains(w.templateAnnotations().getOrDefault(Restart.ANNOTATION, "")))
                        .findFirst()
                        .map(w -> restore(w, progress)))
                .orElseGet(() -> Outcomes.done("the workloads run without the restarts"));
    }

    private static Optional<StepOutcome> settling(View view, Workload workload, Progress progress) {
        ObjectRef object = Refs.of(workload);
        return progress.last(PatchObject.class, object.toString()).flatMap(e -> Settling.of(view, workload, progress));
    }

    private static StepOutcome restore(Workload workload, Progress progress) {
        Map<String, @Nullable Object> none = new HashMap<>();
        none.put(Restart.ANNOTATION, null);
        PatchObject act = new PatchObject(
                Refs.of(workload),
                PatchType.MERGE,
                Map.of("spec", Map.of("template", Map.of("metadata", Map.of("annotations", none)))),
                Optional.empty());
        return new Attempts(progress).perform("restarting " + Refs.words(workload.key()) + " as it was", act);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.WORKLOADS, Part.PODS);
    }
}
