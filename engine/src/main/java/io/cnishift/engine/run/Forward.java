package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Count;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.plan.HandWork;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Goes through the phases of a plan in order, from where the journal stands. */
final class Forward {

    /** What a hybrid end leaves out, for nodes of the old side stay. */
    static final Set<String> NOT_WHEN_HYBRID = Set.of("remove-vpc-cni", "steady", "kube-proxy");

    private final RunContext run;
    private final Book book;
    private final StepDriver driver;
    private final RunLimits limits;

    Forward(RunContext run, Book book, StepDriver driver, RunLimits limits) {
        this.run = run;
        this.book = book;
        this.driver = driver;
        this.limits = limits;
    }

    /** What stopped the run; nothing when all is done. */
    Optional<Stop> go() {
        for (MigrationPlan.Phase phase : book.plan().phases()) {
            Optional<Stop> stop = through(phase);
            if (stop.isPresent()) {
                return stop;
            }
            boolean last = book.place(phase.id()) == book.plan().phases().size() - 1;
            if (!last && limits.until().filter(phase.id()::equals).isPresent()) {
                return Optional.of(Stop.paused(StopCause.LIMIT, "phase " + phase.id() + " is done"));
            }
        }
        return Optional.empty();
    }

    private Optional<Stop> through(MigrationPlan.Phase phase) {
        boolean toDo = phase.steps().stream().anyMatch(this::open);
        if (!toDo) {
            return Optional.empty();
        }
        if (held(phase)) {
            run.write(new JournalRecord.Held(phase.id()));
            return Optional.of(Stop.paused(
                    StopCause.HOLD,
                    "held before phase " + phase.id()
                            + HandWork.before(phase).map(work -> ": " + work).orElse("")));
        }
        run.listener().phase(phase.id());
        Turns turns = Turns.of(phase, run.course(), run.keeper().view(), run.state());
        boolean left = !turns.groups().isEmpty();
        for (MigrationPlan.Step step : phase.steps()) {
            if (open(step) && !turns.leavesOut(step)) {
                if (turns.isToCome(step) && run.course().isSpent(run.state())) {
                    return run.course()
                            .shut(run.state(), run.now())
                            .map(why -> Stop.paused(StopCause.SLICE, why + "; " + rest(phase)));
                }
                Optional<Stop> stop = through(phase, step, turns.groups());
                boolean goesOn = stop.filter(s -> s.cause() == StopCause.LEFT).isPresent();
                if (goesOn) {
                    stop = run.course()
                            .shut(run.state(), run.now())
                            .map(why -> Stop.paused(StopCause.SLICE, why + "; " + rest(phase)));
                }
                left |= goesOn;
                if (stop.isPresent()) {
                    return stop;
                }
            }
        }
        return left
                ? Optional.of(Stop.paused(StopCause.LEFT, "all that this run may replace is done; " + rest(phase)))
                : Optional.empty();
    }

    private String rest(MigrationPlan.Phase phase) {
        return "left for a later run: " + Turns.left(phase, run.keeper().view(), run.state());
    }

    private Optional<Stop> through(MigrationPlan.Phase phase, MigrationPlan.Step step, List<String> left) {
        if (NOT_WHEN_HYBRID.contains(phase.id()) && !run.state().deferred().isEmpty()) {
            String why = Count.of(run.state().deferred().size(), "node stays", "nodes stay")
                    + " on the old CNI as the plan allows";
            run.write(new JournalRecord.StepSkipped(step.id(), why));
            run.listener().stepEnded(step, "left out: " + why);
            return Optional.empty();
        }
        Optional<Stop> stop = run.halt("before step " + step.id()).or(() -> tooLate(step));
        if (stop.isPresent()) {
            return stop;
        }
        return driver.forward(step, left)
                .or(() -> limits.lastStep()
                        .filter(step.id()::equals)
                        .map(id -> Stop.paused(StopCause.LIMIT, "step " + id + " is done")));
    }

    private Optional<Stop> tooLate(MigrationPlan.Step step) {
        return run.state().begun(step.id())
                ? Optional.empty()
                : run.course()
                        .tooLate(book.plan(), step, run.state(), run.now())
                        .map(why -> Stop.paused(StopCause.SLICE, why));
    }

    private boolean open(MigrationPlan.Step step) {
        return !run.state().done(step.id()) && !run.state().skipped(step.id());
    }

    private boolean held(MigrationPlan.Phase phase) {
        return book.plan().holds().contains(phase.id())
                && !limits.throughHolds()
                && !run.state().passed(phase.id())
                && phase.steps().stream().noneMatch(s -> run.state().begun(s.id()));
    }
}
