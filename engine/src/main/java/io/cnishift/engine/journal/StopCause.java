package io.cnishift.engine.journal;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Why a run ended where it did. */
public enum StopCause {
    /** All was done. */
    FINISHED,
    /** A hold before a phase. */
    HOLD,
    /** The last phase that this run was to do is done. */
    LIMIT,
    /** The slice of this run is over: its time, or its number of nodes. */
    SLICE,
    /** What is left in a phase is not of this run's slice. */
    LEFT,
    /** A guard has spent its budget. */
    GUARD,
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

    private static final Set<StopCause> GOES_ON = EnumSet.of(SLICE, LEFT, GUARD);

    /** Whether nobody has to see to anything before the run goes on; the reason of such a stop says how. */
    public boolean goesOn() {
        return GOES_ON.contains(this);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
