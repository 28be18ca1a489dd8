package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Answers of handlers, by short names. */
final class Outcomes {

    private Outcomes() {}

    static StepOutcome done(String detail) {
        return new StepOutcome.Done(detail, List.of());
    }

    /** Done, but what these findings name was left as somebody else made it. */
    static StepOutcome done(String detail, List<Finding> left) {
        return left.isEmpty()
                ? done(detail)
                : done(detail + "; left as it is: "
                        + left.stream()
                                .map(f -> f.subject() + " " + f.message())
                                .collect(Collectors.joining("; ")));
    }

    static StepOutcome notYet(long seconds, String reason) {
        return new StepOutcome.NotYet(Duration.ofSeconds(seconds), reason);
    }

    static StepOutcome perform(String reason, List<? extends Act> acts) {
        return new StepOutcome.Perform(List.copyOf(acts), reason);
    }

    static StepOutcome blocked(Finding finding) {
        return new StepOutcome.Blocked(finding);
    }

    /** Whether nothing remains to be done. */
    static boolean isDone(StepOutcome outcome) {
        return outcome instanceof StepOutcome.Done;
    }
}
