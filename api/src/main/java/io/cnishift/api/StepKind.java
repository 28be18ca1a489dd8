package io.cnishift.api;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind of step: its id, the record of its parameters, and its behaviour. */
public record StepKind<P extends Record>(String id, int schemaVersion, Class<P> params, StepHandler<P> handler) {

    /** Pure, from what is seen to what to do. Asked again after every act and change: what is so is not done twice. */
    public interface StepHandler<P extends Record> {
        /** The next thing to do towards the step's end. */
        StepOutcome next(View view, P params, Progress progress);

        /** The next thing to do towards the state before the step; restores only what still has our value. */
        StepOutcome back(View view, P params, Progress progress);

        /** The parts of the cluster that the step must see. */
        Set<Part> reads();

        /** What the step relies on: recorded when planned, compared before it begins. */
        default List<Fact> facts(View view, P params) {
            return List.of();
        }

        /** The phase until which the end must keep holding; until then it is asked again in every pass. */
        default Optional<String> holdsUntil(P params) {
            return Optional.empty();
        }
    }

    /** What a handler answers. */
    public sealed interface StepOutcome {
        /** The end is reached but for what is deferred; {@code detail} says what was found, e.g. "40 nodes labelled". */
        record Done(String detail, List<Deferred> deferred) implements StepOutcome {}

        /** Nothing to do until something changes or the time is over. */
        record NotYet(Duration retryAfter, String reason) implements StepOutcome {}

        /** Do these in order, then ask again. */
        record Perform(List<Act> acts, String reason) implements StepOutcome {}

        /** Ask these on the network; the answers are in the progress when the handler is asked again. */
        record Ask(List<Question> questions, String reason) implements StepOutcome {}

        /** Cannot go on until the finding is gone: the run stops, parked. */
        record Blocked(Finding finding) implements StepOutcome {}

        /** What was begun is ended; the rest is beyond the bounds of this run, for a later one; {@code left} names it. */
        record Later(String left) implements StepOutcome {}

        /** Went wrong. */
        record Failed(String error, Disposition disposition) implements StepOutcome {}
    }
}
