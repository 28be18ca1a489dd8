package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;

/** One method per case of {@link StepOutcome}, which has no fold of its own: what authors read is kept short. */
public interface OutcomeCases<T> {

    /** See {@link StepOutcome.Done}. */
    T done(StepOutcome.Done outcome);

    /** See {@link StepOutcome.NotYet}. */
    T notYet(StepOutcome.NotYet outcome);

    /** See {@link StepOutcome.Perform}. */
    T perform(StepOutcome.Perform outcome);

    /** See {@link StepOutcome.Ask}. */
    T ask(StepOutcome.Ask outcome);

    /** See {@link StepOutcome.Blocked}. */
    T blocked(StepOutcome.Blocked outcome);

    /** See {@link StepOutcome.Later}. */
    T later(StepOutcome.Later outcome);

    /** See {@link StepOutcome.Failed}. */
    T failed(StepOutcome.Failed outcome);

    /** Calls the method of the case at hand. */
    default T of(StepOutcome outcome) {
        if (outcome instanceof StepOutcome.Done done) {
            return done(done);
        }
        if (outcome instanceof StepOutcome.NotYet notYet) {
            return notYet(notYet);
        }
        if (outcome instanceof StepOutcome.Perform perform) {
            return perform(perform);
        }
        if (outcome instanceof StepOutcome.Ask ask) {
            return ask(ask);
        }
        if (outcome instanceof StepOutcome.Later later) {
            return later(later);
        }
        return outcome instanceof StepOutcome.Blocked blocked ? blocked(blocked) : failed((StepOutcome.Failed) outcome);
    }
}
