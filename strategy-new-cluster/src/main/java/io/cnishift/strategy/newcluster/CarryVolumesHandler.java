package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.Set;

/** Volumes with their claims, until each claim has its volume. */
final class CarryVolumesHandler implements StepHandler<CarryVolumes> {

    @Override
    public StepOutcome next(View view, CarryVolumes params, Progress progress) {
        return Outcomes.withSecond(
                view,
                second -> new VolumeCarriage(second, params.volumes(), progress)
                        .there()
                        .orElseGet(() -> Outcomes.done(Count.of(params.volumes().size(), "claim has", "claims have")
                                + " the first cluster's volumes in the second one")));
    }

    @Override
    public StepOutcome back(View view, CarryVolumes params, Progress progress) {
        return Outcomes.withSecond(
                view,
                second -> new VolumeCarriage(second, params.volumes(), progress)
                        .gone()
                        .orElseGet(() -> Outcomes.done("the second cluster has no claim to these volumes")));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.VOLUMES);
    }
}
