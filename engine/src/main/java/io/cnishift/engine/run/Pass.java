package io.cnishift.engine.run;

import io.cnishift.api.plan.Deferred;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What came of asking a step once and doing what it said. */
sealed interface Pass {

    /** The step has reached its end. */
    record Finished(String detail, List<Deferred> deferred) implements Pass {}

    /** Something was done; ask again at once. */
    record Again() implements Pass {}

    /** Nothing to do before that time, unless something changes. */
    record Wait(Instant until, String reason) implements Pass {}

    /** The run cannot go on. */
    record Stopped(Stop stop) implements Pass {}

    /** Every case, one function each. */
    default <T> T fold(
            Function<Finished, T> finished,
            Function<Again, T> again,
            Function<Wait, T> wait,
            Function<Stopped, T> stopped) {
        if (this instanceof Finished f) {
            return finished.apply(f);
        }
        if (this instanceof Again a) {
            return again.apply(a);
        }
        return this instanceof Wait w ? wait.apply(w) : stopped.apply((Stopped) this);
    }
}
