package io.cnishift.engine.run;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.fact.FactCheck;
import io.cnishift.engine.guard.Guarding;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.lock.Lock;
import io.cnishift.engine.report.Reports;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.slice.Forecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One process at work on one run, from the first look at the cluster to the record of its end. */
final class Session implements AutoCloseable {

    private final RunRequest request;
    private final Book book;
    private final ProbeBook probes;
    private final Watchman watchman;
    private final RunContext run;

    Session(RunRequest request, Book book, ProbeBook probes, Lock.Held lock) {
        this.request = request;
        this.book = book;
        this.probes = probes;
        Ports ports = new Ports(request.world());
        ViewKeeper keeper = new ViewKeeper(ports, request.world().time(), () -> kept(lock));
        this.watchman = new Watchman(request.limits().guarding().orElse(Guarding.NONE), request, keeper);
        this.run = RunContext.of(request, keeper, ports, watchman, lock);
    }

    /** Renews the lock when that is due. What came of it is told where the run next asks whether it may go on. */
    private static void kept(Lock.Held lock) {
        try {
            lock.keep();
        } catch (MigrationException told) {
            // the run asks again before its next act
        }
    }

    /** Looks no more at what it watched. */
    @Override
    public void close() {
        watchman.end();
    }

    RunResult fromTheBegin() {
        look();
        Optional<RunResult> refusal = refusal(stale());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        run.write(new JournalRecord.Begun(
                book.plan().strategy(),
                request.plan().digest(),
                book.plan().cluster(),
                request.limits(),
                request.who().toString(),
                request.tags()));
        return forward();
    }

    RunResult fromTheJournal() {
        look();
        Optional<JournalRecord.RollbackBegun> unfinished = run.state()
                .run()
                .rollback()
                .filter(r -> run.state()
                        .run()
                        .ended()
                        .filter(e -> e.outcome() == RunOutcome.ROLLED_BACK)
                        .isEmpty());
        Optional<RunResult> refusal = refusal(unfinished.isPresent() ? List.of() : stale());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        run.write(new JournalRecord.Resumed(request.limits(), request.who().toString()));
        closeOpenActs();
        return unfinished.map(this::backward).orElseGet(this::forward);
    }

    RunResult back(JournalRecord.RollbackBegun begin) {
        look();
        run.write(begin);
        closeOpenActs();
        return backward(begin);
    }

    private void look() {
        if (OwnEnd.reached(book.plan(), request.journal(), request.world())) {
            // nothing answers for its objects any more
            run.keeper().follow(Set.of(Part.CLUSTER));
        } else {
            run.keeper().follow(book.reads());
            TargetCheck.require(
                    book.plan().cluster(), run.keeper().view(), run.keeper().unknown(book.reads()));
            request.limits()
                    .slice()
                    .ifPresent(slice -> Choices.requireZones(run.keeper().view(), slice));
        }
        book.plan().second().ifPresent(this::requireSecond);
        run.lock().confirm().ifPresent(why -> {
            throw MigrationException.user("LOCK-LOST", why, "nothing was changed; give the command again");
        });
    }

    private void requireSecond(Target second) {
        View there = run.keeper()
                .view()
                .second()
                .orElseThrow(() -> MigrationException.user(
                        "RUN-NO-SECOND",
                        "the plan moves what runs to the cluster " + second.name() + ", which was not opened",
                        "apply the plan with a version of cnishift that knows plans for two clusters"));
        if (!second.made()) {
            TargetCheck.require(second, there, run.keeper().unknown(Set.of(Part.CLUSTER)));
        }
    }

    private List<Finding> stale() {
        List<MigrationPlan.Step> ahead = book.steps().stream()
                .filter(step -> !run.state().begun(step.id()) && !run.state().skipped(step.id()))
                .toList();
        List<Finding> stale =
                new ArrayList<>(FactCheck.differences(ahead, run.keeper().view()));
        book.plan()
                .second()
                .flatMap(second -> run.keeper()
                        .view()
                        .second()
                        .flatMap(there -> TargetCheck.taken(request.journal().migration(), second, there)))
                .ifPresent(stale::add);
        return stale;
    }

    /** What stands against the run before it writes anything. */
    private Optional<RunResult> refusal(List<Finding> stale) {
        if (!stale.isEmpty()) {
            return Optional.of(refused(stale));
        }
        return Optional.of(watchman.begin()).filter(red -> !red.isEmpty()).map(this::red);
    }

    private RunResult refused(List<Finding> stale) {
        String reason = Count.of(stale.size(), "fact is not as it was", "facts are not as they were")
                + " when the plan was made";
        return Reports.blocked(book.plan(), request.journal(), reason, stale);
    }

    private RunResult red(List<Finding> findings) {
        String reason =
                findings.stream().map(f -> f.subject() + " " + f.message()).collect(Collectors.joining("; "));
        return Reports.blocked(book.plan(), request.journal(), reason, findings);
    }

    private void closeOpenActs() {
        List.copyOf(run.state().open().keySet())
                .forEach(intent ->
                        run.write(new JournalRecord.ActLost(intent, "the process ended before the outcome was known")));
    }

    private RunResult forward() {
        if (request.limits().slice().isPresent()) {
            Forecast forecast =
                    Forecasts.of(book.plan(), run.course(), run.keeper().view(), run.state(), run.now());
            run.write(new JournalRecord.Foreseen(forecast));
            run.listener().foreseen(forecast);
        }
        return work(meter -> new Forward(run, book, driver(meter), request.limits()).go(), this::succeeded);
    }

    private RunResult backward(JournalRecord.RollbackBegun begin) {
        String reason = begin.toPhase()
                .map(phase -> "back at the end of phase " + phase)
                .orElse("all steps are taken back");
        return work(
                meter -> new Backward(run, book, driver(meter)).go(begin.steps()),
                () -> end(RunOutcome.ROLLED_BACK, Optional.empty(), reason));
    }

    private StepDriver driver(Meter meter) {
        return new StepDriver(run, book, probes, meter);
    }

    private RunResult work(Function<Meter, Optional<Stop>> way, Supplier<JournalRecord.Ended> atEnd) {
        Meter meter = Meter.start(run, book.plan().accepted());
        Optional<Stop> stop = guarded(() -> way.apply(meter));
        stop.ifPresent(s -> park());
        meter.write();
        watchman.write();
        run.write(stop.map(this::stopped).orElseGet(atEnd));
        run.settle();
        return Reports.ended(book.plan(), request.journal(), stop.flatMap(Stop::failure));
    }

    /** An exception, of a handler or of a port, ends the run with the journal intact. */
    private static Optional<Stop> guarded(Supplier<Optional<Stop>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Optional.of(Stop.thrown("", e));
        }
    }

    private void park() {
        boolean touched = book.steps().stream().anyMatch(s -> run.state().begun(s.id()));
        if (touched) {
            List<String> unsafe = new ArrayList<>(LastHold.settle(book, run));
            unsafe.addAll(new Parking(book).sentences(run.state()));
            run.write(new JournalRecord.Parked(unsafe));
            run.listener().parked(unsafe);
        }
    }

    private JournalRecord.Ended stopped(Stop stop) {
        return new JournalRecord.Ended(
                stop.outcome(),
                Optional.empty(),
                stop.cause(),
                stop.reason()
                        + (stop.cause().goesOn()
                                ? "; 'cnishift resume " + request.journal().migration() + "' goes on"
                                : ""),
                stop.findings(),
                request.world().violations().get(),
                request.world().notModelled().get());
    }

    private JournalRecord.Ended succeeded() {
        boolean told = request.world().notModelled().get().isEmpty();
        // a plan that lets something stay has no step that takes the old CNI away
        boolean hybrid =
                !run.state().deferred().isEmpty() || !book.plan().mayRemain().isEmpty();
        if (!told) {
            return end(RunOutcome.NOT_MODELLED, Optional.empty(), "the effect of some acts cannot be shown here");
        }
        return hybrid
                ? end(RunOutcome.SUCCEEDED, Optional.of(RunEnd.HYBRID), "all is done but for what the plan lets stay")
                : end(RunOutcome.SUCCEEDED, Optional.of(RunEnd.COMPLETE), "all is done");
    }

    private JournalRecord.Ended end(RunOutcome outcome, Optional<RunEnd> end, String reason) {
        return new JournalRecord.Ended(
                outcome,
                end,
                StopCause.FINISHED,
                Objects.requireNonNull(reason),
                List.of(),
                request.world().violations().get(),
                request.world().notModelled().get());
    }
}
