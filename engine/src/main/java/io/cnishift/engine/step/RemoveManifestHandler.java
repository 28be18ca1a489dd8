package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.RestingHandler;
import io.cnishift.api.plan.Meanwhile;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RemoveManifest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deletes an object; the way back makes it again as it stood. */
final class RemoveManifestHandler implements RestingHandler<RemoveManifest> {

    @Override
    public StepOutcome next(View view, RemoveManifest params, Progress progress) {
        DeleteObject act = new DeleteObject(ref(params), Optional.empty());
        return Manifests.reached(view, act, progress)
                ? Outcomes.done(act.target() + " is gone")
                : new Attempts(progress).perform("deleting " + act.target(), act);
    }

    @Override
    public StepOutcome back(View view, RemoveManifest params, Progress progress) {
        Optional<Act> inverse = Attempts.first(progress, DeleteObject.class)
                .flatMap(e -> e.act().inverse(e.before()));
        return inverse.isEmpty() || Manifests.reached(view, inverse.get(), progress)
                ? Outcomes.done(ref(params) + " is as before")
                : new Attempts(progress).perform("making " + ref(params) + " again", inverse.get());
    }

    @Override
    public List<Meanwhile> meanwhile(RemoveManifest params) {
        return params.kind().endsWith("NetworkPolicy")
                ? List.of(Meanwhile.without(
                        "steady", "nobody enforces", ref(params).toString()))
                : List.of();
    }

    @Override
    public Set<Part> reads() {
        return Manifests.READS;
    }

    private static ObjectRef ref(RemoveManifest params) {
        return new ObjectRef(
                params.apiVersion(),
                params.kind(),
                params.namespace().isEmpty() ? Optional.empty() : Optional.of(params.namespace()),
                params.name());
    }
}
