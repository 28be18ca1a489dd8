package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.Set;

/** Stops at a volume that would be left. Later, without nodes, its driver could neither carry nor delete it. */
final class CheckVolumesHandler implements StepHandler<CheckVolumes> {

    @Override
    public StepOutcome next(View view, CheckVolumes params, Progress progress) {
        return Outcomes.withSecond(
                view,
                second -> FirstUse.volumes(view, second)
                        .findFirst()
                        .map(v -> Outcomes.blocked(FirstUse.left(
                                v,
                                "bring a PersistentVolume with that handle to the second cluster, or delete its claim and then it while"
                                        + " its driver still runs here; then resume")))
                        .orElseGet(
                                () -> Outcomes.done("the second cluster has all volumes of cluster " + params.name())));
    }

    @Override
    public StepOutcome back(View view, CheckVolumes params, Progress progress) {
        return Outcomes.done("nothing was changed");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.VOLUMES);
    }
}
