package io.cnishift.engine.run;

import io.cnishift.api.port.World;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.lock.Lock;
import io.cnishift.engine.lock.LockHolder;
import java.util.Map;
import java.util.Objects;

/**
 * A plan to run, on what, how far, and who is told.
 *
 * @param journal empty for a run that begins
 * @param who runs it; the lock names it to others
 * @param tags for everything that a run which begins makes in AWS; one that goes on has those of its begin
 */
public record RunRequest(
        StoredPlan plan,
        Journal journal,
        World world,
        RunLimits limits,
        Lock lock,
        LockHolder who,
        RunListener listener,
        Interrupt interrupt,
        Map<String, String> tags) {

    public RunRequest {
        Objects.requireNonNull(plan);
        Objects.requireNonNull(journal);
        Objects.requireNonNull(world);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(lock);
        Objects.requireNonNull(who);
        Objects.requireNonNull(listener);
        Objects.requireNonNull(interrupt);
        tags = Map.copyOf(tags);
    }

    /** To the first hold, without a lock, by nobody in particular, told to nobody. */
    public static RunRequest of(StoredPlan plan, Journal journal, World world) {
        LockHolder nobody =
                new LockHolder("cnishift", "here", "rehearse", world.time().now());
        return new RunRequest(
                plan, journal, world, RunLimits.NONE, Lock.NONE, nobody, RunListener.NONE, new Interrupt(), Map.of());
    }

    /** The same within these limits. */
    public RunRequest within(RunLimits other) {
        return new RunRequest(plan, journal, world, other, lock, who, listener, interrupt, tags);
    }

    /** The same with another journal. */
    public RunRequest on(Journal other) {
        return new RunRequest(plan, other, world, limits, lock, who, listener, interrupt, tags);
    }

    /** The same under that lock. */
    public RunRequest locked(Lock other, LockHolder by) {
        return new RunRequest(plan, journal, world, limits, other, by, listener, interrupt, tags);
    }

    /** The same, told to that listener. */
    public RunRequest toldTo(RunListener other) {
        return new RunRequest(plan, journal, world, limits, lock, who, other, interrupt, tags);
    }

    /** The same, stopped by that interrupt. */
    public RunRequest stoppedBy(Interrupt other) {
        return new RunRequest(plan, journal, world, limits, lock, who, listener, other, tags);
    }

    /** The same with tags for what it makes in AWS. */
    public RunRequest tagging(Map<String, String> wanted) {
        return new RunRequest(plan, journal, world, limits, lock, who, listener, interrupt, wanted);
    }
}
