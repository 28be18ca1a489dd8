package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Count;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StopCause;
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
            return Optional.of(Stop.paused(StopCause.HOLD, "held before phase " + phase.id()));
        }
        run.listener().phase(phase.id());
        for (MigrationPlan.Step step : phase.steps()) {
            if (open(step)) {
                Optional<Stop> stop = through(phase, step);
                if (stop.isPresent()) {
                    return stop;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Stop> through(MigrationPlan.Phase phase, MigrationPlan.Step step) {
        if (NOT_WHEN_HYBRID.contains(phase.id()) && !run.state().deferred().isEmpty()) {
            String why = Count.of(run.state().deferred().size(), "node stays", "nodes stay")
                    + " on the old CNI as the plan allows";
            run.write(new JournalRecord.StepSkipped(step.id(), why));
            run.listener().stepEnded(step, "left out: " + why);
            return Optional.empty();
        }
        Optional<Stop> halt = run.halt("before step " + step.id());
        if (halt.isPresent()) {
            return halt;
        }
        return driver.forward(step)
                .or(() -> limits.lastStep()
                        .filter(step.id()::equals)
                        .map(id -> Stop.paused(StopCause.LIMIT, "step " + id + " is done")));
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
