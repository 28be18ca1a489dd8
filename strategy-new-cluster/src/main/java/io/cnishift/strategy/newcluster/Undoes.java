package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes back, as a step of its own, what an earlier one made, and makes it again on the way back. The other one has to find what it made by
 * what it looks like: this step's progress says nothing of it.
 */
final class Undoes<P extends Record, Q extends Record> implements StepHandler<P> {

    private final StepHandler<Q> made;
    private final Function<P, Q> params;

    Undoes(StepHandler<Q> made, Function<P, Q> params) {
        this.made = Objects.requireNonNull(made);
        this.params = Objects.requireNonNull(params);
    }

    @Override
    public StepOutcome next(View view, P params, Progress progress) {
        return made.back(view, this.params.apply(params), progress);
    }

    @Override
    public StepOutcome back(View view, P params, Progress progress) {
        return made.next(view, this.params.apply(params), progress);
    }

    @Override
    public Set<Part> reads() {
        return made.reads();
    }
}
