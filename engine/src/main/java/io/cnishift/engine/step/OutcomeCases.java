package io.cnishift.engine.run;

import io.cnishift.api.StepKind.StepOutcome;

/** One method per case of {@link StepOutcome}, which has no fold of its own: what authors read is kept short. */
interface OutcomeCases<T> {

    T done(StepOutcome.Done outcome);

    T notYet(StepOutcome.NotYet outcome);

    T perform(StepOutcome.Perform outcome);

    T ask(StepOutcome.Ask outcome);

    T blocked(StepOutcome.Blocked outcome);

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
        return outcome instanceof StepOutcome.Blocked blocked ? blocked(blocked) : failed((StepOutcome.Failed) outcome);
    }
}
