package io.cnishift.engine.journal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a run may go.
 *
 * @param until the last phase to do
 * @param past phases whose hold the user lifted
 * @param throughHolds whether all holds are lifted, as in a rehearsal
 * @param lastStep the last step to do, for a rehearsal of going back from there
 */
public record RunLimits(Optional<String> until, List<String> past, boolean throughHolds, Optional<String> lastStep) {

    /** To the first hold, or the end. */
    public static final RunLimits NONE = new RunLimits(Optional.empty(), List.of(), false, Optional.empty());

    /** To the end, whatever holds the plan has. */
    public static final RunLimits THROUGH = new RunLimits(Optional.empty(), List.of(), true, Optional.empty());

    public RunLimits {
        Objects.requireNonNull(until);
        past = List.copyOf(past);
        Objects.requireNonNull(lastStep);
    }

    /** The same up to that phase, which is done. */
    public RunLimits until(String phase) {
        return new RunLimits(Optional.of(phase), past, throughHolds, lastStep);
    }

    /** The same past the hold before that phase. */
    public RunLimits past(String phase) {
        return new RunLimits(until, List.of(phase), throughHolds, lastStep);
    }

    /** The same up to that step, which is done. */
    public RunLimits lastStep(String step) {
        return new RunLimits(until, past, throughHolds, Optional.of(step));
    }
}
