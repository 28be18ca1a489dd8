package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The reclaim policy Retain; on the way back the policy of before, where ours still stands. */
final class KeepVolumesHandler implements StepHandler<KeepVolumes> {

    static final String RETAIN = "Retain";

    @Override
    public StepOutcome next(View view, KeepVolumes params, Progress progress) {
        Optional<String> gone = params.volumes().stream()
                .filter(name -> view.get(Part.VOLUMES, Volume.class, name).isEmpty())
                .findFirst();
        if (gone.isPresent()) {
            return Outcomes.blocked(Code.VOLUME_GONE.of(
                    "PersistentVolume " + gone.get(),
                    "the plan carries it, and the first cluster has it no more",
                    "find out who deleted it and what became of its data; then roll back and plan anew"));
        }
        List<PatchObject> due = volumes(view, params)
                .filter(v -> !v.reclaimPolicy().equals(RETAIN))
                .map(v -> policy(v.name(), RETAIN))
                .toList();
        return due.isEmpty()
                ? Outcomes.done(Count.of(params.volumes().size(), "volume keeps its data", "volumes keep their data")
                        + " whatever becomes of their claims")
                : Outcomes.perform("having volumes keep their data", due, progress);
    }

    @Override
    public StepOutcome back(View view, KeepVolumes params, Progress progress) {
        List<PatchObject> due = volumes(view, params)
                .filter(v -> v.reclaimPolicy().equals(RETAIN))
                .flatMap(v -> before(v.name(), progress).map(was -> policy(v.name(), was)).stream())
                .toList();
        return due.isEmpty()
                ? Outcomes.done("volumes have the reclaim policies of before")
                : Outcomes.perform("giving volumes the reclaim policies of before", due, progress);
    }

    private static Stream<Volume> volumes(View view, KeepVolumes params) {
        return params.volumes().stream().flatMap(name -> view.get(Part.VOLUMES, Volume.class, name).stream());
    }

    /** The policy that this step took away. */
    private static Optional<String> before(String volume, Progress progress) {
        return progress.all(PatchObject.class).stream()
                .filter(e -> ((PatchObject) e.act()).object().name().equals(volume))
                .findFirst()
                .flatMap(e -> Tree.text(e.before(), "spec", "persistentVolumeReclaimPolicy"))
                .filter(was -> !was.equals(RETAIN));
    }

    private static PatchObject policy(String volume, String policy) {
        return new PatchObject(
                ObjectRef.of("v1", "PersistentVolume", volume),
                PatchType.MERGE,
                Map.of("spec", Map.of("persistentVolumeReclaimPolicy", policy)),
                Optional.empty());
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.VOLUMES);
    }
}
