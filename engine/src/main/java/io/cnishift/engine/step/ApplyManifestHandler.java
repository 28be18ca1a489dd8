package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.ApplyManifest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Applies an object. What the view does not show counts as applied once the API has said so. */
final class ApplyManifestHandler implements StepHandler<ApplyManifest> {

    @Override
    public StepOutcome next(View view, ApplyManifest params, Progress progress) {
        ApplyObject act = new ApplyObject(params.object());
        return Manifests.applied(view, params.object(), progress)
                ? Outcomes.done(act.target() + " is applied")
                : new Attempts(progress).perform("applying " + act.target(), act);
    }

    @Override
    public StepOutcome back(View view, ApplyManifest params, Progress progress) {
        ObjectRef ref = ObjectRef.of(params.object());
        Optional<Progress.Entry> first = progress.all(ApplyObject.class).stream()
                .filter(e -> e.act().equals(new ApplyObject(params.object())))
                .findFirst();
        Optional<Act> inverse = first.flatMap(e -> e.act().inverse(e.before()));
        if (inverse.isEmpty() || Manifests.reached(view, inverse.get(), progress)) {
            return Outcomes.done(ref + " is as before");
        }
        if (Manifests.changed(view, params.object())) {
            return Outcomes.done(
                    ref + " was not restored",
                    List.of(StepCode.FIELD_CHANGED.of(
                            ref.toString(),
                            "was " + (first.map(e -> e.before().isEmpty()).orElse(true) ? "absent" : "another")
                                    + " before, was set as in the plan and was changed since",
                            "restore it by hand if the earlier state is wanted")));
        }
        return new Attempts(progress).perform("restoring " + ref, inverse.get());
    }

    @Override
    public Set<Part> reads() {
        return Manifests.READS;
    }
}
