package io.cnishift.engine.rollback;

import io.cnishift.api.Finding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The way back of one run.
 *
 * @param toPhase the last phase that stays; empty: none does
 * @param steps in the order in which they are taken back
 * @param pointsOfNoReturn steps among them after which there is no cheap way back
 * @param forecast how it went when it was rehearsed; empty when it could not be
 * @param unrehearsed why it could not be rehearsed, else empty
 * @param refusal why it must not be gone
 * @param advice what to do instead of a way that is refused, else empty
 */
public record RollbackPlan(
        String migrationId,
        Optional<String> toPhase,
        List<BackStep> steps,
        List<NoReturn> pointsOfNoReturn,
        Optional<Forecast> forecast,
        String unrehearsed,
        Optional<Finding> refusal,
        String advice) {

    /**
     * A step that is taken back.
     *
     * @param acts how many acts of it were done
     * @param how in the words of the plan
     * @param undo the same by hand, last act first, as far as there is a command for it
     */
    public record BackStep(String id, String phase, String kind, int acts, String how, List<String> undo) {
        public BackStep {
            Objects.requireNonNull(id);
            Objects.requireNonNull(phase);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(how);
            undo = List.copyOf(undo);
        }
    }

    /** A point of no return that the run has gone past, and why it is one. */
    public record NoReturn(String step, String why) {
        public NoReturn {
            Objects.requireNonNull(step);
            Objects.requireNonNull(why);
        }
    }

    public RollbackPlan {
        Objects.requireNonNull(migrationId);
        Objects.requireNonNull(toPhase);
        steps = List.copyOf(steps);
        pointsOfNoReturn = List.copyOf(pointsOfNoReturn);
        Objects.requireNonNull(forecast);
        Objects.requireNonNull(unrehearsed);
        Objects.requireNonNull(refusal);
        Objects.requireNonNull(advice);
    }

    /** Ids of the steps, in the order in which they are taken back. */
    public List<String> order() {
        return steps.stream().map(BackStep::id).toList();
    }
}
