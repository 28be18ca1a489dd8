package io.cnishift.engine.journal;

import io.cnishift.engine.guard.Guarding;
import io.cnishift.engine.slice.Slice;
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
 * @param slice how much of the migration it does; empty: all
 * @param guarding what must stay well meanwhile; empty: nothing is watched
 */
public record RunLimits(
        Optional<String> until,
        List<String> past,
        boolean throughHolds,
        Optional<String> lastStep,
        Optional<Slice> slice,
        Optional<Guarding> guarding) {

    /** To the first hold, or the end. */
    public static final RunLimits NONE =
            new RunLimits(Optional.empty(), List.of(), false, Optional.empty(), Optional.empty(), Optional.empty());

    /** To the end, whatever holds the plan has. */
    public static final RunLimits THROUGH =
            new RunLimits(Optional.empty(), List.of(), true, Optional.empty(), Optional.empty(), Optional.empty());

    public RunLimits {
        Objects.requireNonNull(until);
        past = List.copyOf(past);
        Objects.requireNonNull(lastStep);
        Objects.requireNonNull(slice);
        Objects.requireNonNull(guarding);
    }

    /** The same up to that phase, which is done. */
    public RunLimits until(String phase) {
        return new RunLimits(Optional.of(phase), past, throughHolds, lastStep, slice, guarding);
    }

    /** The same past the hold before that phase. */
    public RunLimits past(String phase) {
        return past(List.of(phase));
    }

    /** The same past the holds before those phases. */
    public RunLimits past(List<String> phases) {
        return new RunLimits(until, phases, throughHolds, lastStep, slice, guarding);
    }

    /** The same in that slice. */
    public RunLimits slice(Slice part) {
        Optional<Slice> some = part.isAll() ? Optional.empty() : Optional.of(part);
        return new RunLimits(until, past, throughHolds, lastStep, some, guarding);
    }

    /** The same while all of that stays well. */
    public RunLimits guarding(Guarding watched) {
        Optional<Guarding> some = watched.guards().isEmpty() ? Optional.empty() : Optional.of(watched);
        return new RunLimits(until, past, throughHolds, lastStep, slice, some);
    }

    /** The same up to that step, which is done. */
    public RunLimits lastStep(String step) {
        return new RunLimits(until, past, throughHolds, Optional.of(step), slice, guarding);
    }
}
