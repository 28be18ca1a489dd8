package io.cnishift.engine.report;

import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StopCause;

/** The exit codes of cnishift. */
public enum ExitCode {
    OK(0),
    INTERNAL_ERROR(1),
    /** Bad usage, or another cluster than the plan's. */
    USAGE(2),
    /** Findings stand against it. */
    BLOCKED(3),
    /** A verification failed, also as the gate of a run, or a rehearsal that cannot tell. */
    VERIFICATION_FAILED(4),
    /** Stopped, parked, can be resumed. */
    PAUSED(5),
    /** Interrupted with nothing begun. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** What the process returns. */
    public int number() {
        return number;
    }

    /**
     * The exit code of a run.
     *
     * @param begun whether any step had begun
     */
    public static ExitCode of(RunOutcome outcome, StopCause cause, boolean begun) {
        return switch (outcome) {
            case SUCCEEDED, ROLLED_BACK -> OK;
            case BLOCKED -> BLOCKED;
            case FAILED -> INTERNAL_ERROR;
            case NOT_MODELLED -> VERIFICATION_FAILED;
            case PAUSED -> paused(cause, begun);
        };
    }

    private static ExitCode paused(StopCause cause, boolean begun) {
        if (cause == StopCause.GATE) {
            return VERIFICATION_FAILED;
        }
        return cause == StopCause.INTERRUPT && !begun ? INTERRUPTED : PAUSED;
    }
}
