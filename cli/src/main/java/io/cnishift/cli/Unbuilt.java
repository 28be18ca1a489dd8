package io.cnishift.cli;

import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.StepKinds;
import java.util.Set;

/** A step kind that can be planned and whose behaviour is not there yet: every run of it fails and says so. */
final class Unbuilt<P extends Record> implements StepKind.StepHandler<P> {

    private final String kind;

    private Unbuilt(String kind) {
        this.kind = kind;
    }

    static <P extends Record> StepKind<P> kind(Class<P> params) {
        String id = StepKinds.id(params);
        return new StepKind<>(id, 1, params, new Unbuilt<>(id));
    }

    @Override
    public StepKind.StepOutcome next(View view, P params, Progress progress) {
        return new StepKind.StepOutcome.Failed("steps of kind " + kind + " cannot be run yet", Disposition.ABORT);
    }

    @Override
    public StepKind.StepOutcome back(View view, P params, Progress progress) {
        return next(view, params, progress);
    }

    @Override
    public Set<Part> reads() {
        return Set.of();
    }
}
