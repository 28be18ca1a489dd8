package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RestoreManifests;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes objects again as the steps that deleted them recorded them. */
final class RestoreManifestsHandler implements StepHandler<RestoreManifests> {

    @Override
    public StepOutcome next(View view, RestoreManifests params, Progress progress) {
        List<Act> missing = params.removals().stream()
                .flatMap(step -> recorded(progress.of(step)).stream())
                .filter(act -> !Manifests.there(view, act, progress))
                .toList();
        return missing.isEmpty()
                ? Outcomes.done("the recorded objects are there")
                : new Attempts(progress).perform("making " + Count.of(missing.size(), "object") + " again", missing);
    }

    private static Optional<Act> recorded(Progress removal) {
        return Attempts.first(removal, DeleteObject.class).flatMap(e -> e.act().inverse(e.before()));
    }

    @Override
    public StepOutcome back(View view, RestoreManifests params, Progress progress) {
        return Outcomes.done("the objects stay, as they were before");
    }

    @Override
    public Set<Part> reads() {
        return Manifests.READS;
    }
}
