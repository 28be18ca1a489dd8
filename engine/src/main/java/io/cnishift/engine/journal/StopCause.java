package io.cnishift.engine.journal;

import java.util.Locale;

/** Why a run ended where it did. */
public enum StopCause {
    /** All was done. */
    FINISHED,
    /** A hold before a phase. */
    HOLD,
    /** The last phase that this run was to do is done. */
    LIMIT,
    INTERRUPT,
    /** The lock on the cluster was lost. */
    LOCK,
    /** A step cannot go on until a finding is gone. */
    BLOCKED,
    /** A gate or a final verification did not pass. */
    GATE,
    /** Something went wrong that a person has to look at. */
    ERROR,
    /** The plan does not fit the cluster as it is now. */
    STALE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
