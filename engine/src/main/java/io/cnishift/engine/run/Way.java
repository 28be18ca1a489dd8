package io.cnishift.engine.run;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;

/** The direction of a run: which of its two questions a handler is asked. */
enum Way {
    FORWARD,
    BACK;

    <P extends Record> StepOutcome ask(StepHandler<P> handler, View view, P params, Progress progress) {
        return this == FORWARD ? handler.next(view, params, progress) : handler.back(view, params, progress);
    }
}
