package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.journal.RunFold;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.lock.Lock;
import io.cnishift.engine.plan.PhaseIds;
import io.cnishift.engine.report.RunResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs plans. One loop, one thread; all waiting is that of the world's clock.
 *
 * <ol>
 *   <li>The lock is taken; a second run is refused by the name of the first.
 *   <li>The cluster is read and must be the one of the plan. What steps not begun rely on must be so still; nothing has
 *       been written until here.
 *   <li>The journal gets its first record, or a record that another process goes on. Acts whose outcome a dead process
 *       left unknown are marked so.
 *   <li>Step by step the handlers are asked and what they say is done, in the order of record.
 *   <li>However the run ends, it ends parked: what was to hold holds, the journal says what would be unsafe, and the lock
 *       is given back.
 * </ol>
 *
 * Invariants: no act without its intent on the disk; no second act on an object before the first is seen; nothing needed
 * later lives in memory alone. Stateless: one runner serves any number of runs, each on its own thread.
 */
public final class Runner {

    private final StepBook steps;
    private final ProbeBook probes;

    public Runner(StepBook steps, ProbeBook probes) {
        this.steps = Objects.requireNonNull(steps);
        this.probes = Objects.requireNonNull(probes);
    }

    /** Begins a run on an empty journal. */
    public RunResult apply(RunRequest request) {
        if (!request.journal().isEmpty()) {
            throw ended(request, "has begun already", "cnishift resume goes on with it");
        }
        Book book = book(request);
        return Opening.of(request).orElseGet(() -> locked(request, book, Session::fromTheBegin));
    }

    /** Goes on where the journal stands: forward, or back when the way back had begun. */
    public RunResult resume(RunRequest request) {
        JournalState state = begun(request);
        RunFold run = state.run();
        Optional<RunOutcome> outcome = run.ended().map(JournalRecord.Ended::outcome);
        boolean partly =
                run.rollback().flatMap(JournalRecord.RollbackBegun::toPhase).isPresent();
        if (outcome.filter(RunOutcome.SUCCEEDED::equals).isPresent()
                || (outcome.filter(RunOutcome.ROLLED_BACK::equals).isPresent() && !partly)) {
            throw ended(request, "has ended: " + outcome.get(), "there is nothing to go on with");
        }
        Book book = book(request);
        return Opening.of(request).orElseGet(() -> locked(request, book, Session::fromTheJournal));
    }

    /**
     * Takes steps of a run back.
     *
     * @param toPhase the last phase that stays, for the journal
     * @param back ids of the steps, in the order in which they are taken back
     */
    public RunResult back(RunRequest request, Optional<String> toPhase, List<String> back) {
        begun(request);
        Book book = book(request);
        String by = request.who().toString();
        return locked(request, book, session -> session.back(new JournalRecord.RollbackBegun(toPhase, back, by)));
    }

    /** What somebody has to do without where that journal stands, one sentence each; of most plans nothing anywhere. */
    public List<String> without(MigrationPlan plan, JournalState state) {
        return new Parking(new Book(plan, steps, probes)).without(state);
    }

    /** What somebody would have to do without where a run within these limits stops as it is told to, one sentence each. */
    public List<String> withoutAtStops(MigrationPlan plan, RunLimits limits) {
        return new Parking(new Book(plan, steps, probes)).withoutAtStops(limits);
    }

    private RunResult locked(RunRequest request, Book book, Function<Session, RunResult> work) {
        Lock.Held held = request.lock().acquire(request.who());
        try (Session session = new Session(request, book, probes, held)) {
            return work.apply(session).withCalls(request.world().calls().get());
        } finally {
            held.close();
        }
    }

    private Book book(RunRequest request) {
        MigrationPlan plan = request.plan().plan();
        Book book = new Book(plan, steps, probes);
        PhaseIds.require(plan, plan.holds());
        Choices.require(plan, request.limits());
        return book;
    }

    private static JournalState begun(RunRequest request) {
        JournalState state = request.journal().state();
        JournalRecord.Begun begun =
                state.run().begun().orElseThrow(() -> ended(request, "has not begun", "cnishift apply begins it"));
        if (!begun.planDigest().equals(request.plan().digest())) {
            throw MigrationException.user(
                    "RUN-OTHER-PLAN",
                    "migration " + state.migration() + " runs the plan " + begun.planDigest() + ", not "
                            + request.plan().digest(),
                    "bring its plan.yaml back as it was; an edited plan is another plan");
        }
        return state;
    }

    private static MigrationException ended(RunRequest request, String how, String remedy) {
        return MigrationException.user(
                "RUN-STATE", "migration " + request.journal().migration() + " " + how, remedy);
    }
}
