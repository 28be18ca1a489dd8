package io.cnishift.engine.guard;

import io.cnishift.api.port.Guard;
import io.cnishift.api.port.GuardPort.Sample;
import io.cnishift.api.port.GuardPort.Verdict;
import java.util.Objects;
import java.util.Optional;

/**
 * What the samples of one guard amount to. One that could not be taken is charged as red from the {@value #PATIENCE}th in a row
 * on: who does not know for long must not go on as if all were well.
 *
 * @param taken samples, those that could not be taken included
 * @param red those that were charged
 * @param inARow charged ones in a row, up to now
 * @param unknownInARow those in a row that could not be taken, up to now
 * @param last what was seen last that was not green
 */
public record GuardTally(Guard guard, long taken, long red, int inARow, int unknownInARow, String last) {

    /** From so many in a row on a sample that cannot be taken counts as red. */
    public static final int PATIENCE = 3;

    public GuardTally {
        Objects.requireNonNull(guard);
        Objects.requireNonNull(last);
    }

    /** No sample yet. */
    public static GuardTally of(Guard guard) {
        return new GuardTally(guard, 0, 0, 0, 0, "");
    }

    /** With one sample more. */
    public GuardTally with(Sample sample) {
        if (sample.verdict() == Verdict.ABSENT) {
            return this;
        }
        if (sample.verdict() == Verdict.GREEN) {
            return new GuardTally(guard, taken + 1, red, 0, 0, last);
        }
        boolean unknown = sample.verdict() == Verdict.UNKNOWN;
        int unknowns = unknown ? unknownInARow + 1 : 0;
        boolean charged = !unknown || unknowns >= PATIENCE;
        return new GuardTally(
                guard,
                taken + 1,
                charged ? red + 1 : red,
                charged ? inARow + 1 : inARow,
                unknowns,
                (unknown ? "could not be sampled: " : "") + sample.evidence());
    }

    /** Why the budget is spent, in words; empty while it is not. */
    public Optional<String> spent(GuardBudget budget) {
        if (inARow >= budget.row()) {
            return Optional.of(
                    "guard " + guard + " failed " + inARow + " times in a row (budget " + budget + "): " + last);
        }
        return budget.allows(red, taken)
                ? Optional.empty()
                : Optional.of("guard " + guard + " failed " + red + " of " + taken + " times (budget " + budget + "): "
                        + last);
    }
}
