package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Part;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.ledger.Ledger;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Drives one step to its end.
 *
 * <ol>
 *   <li>What must keep holding is asked first; until it holds, the step is not asked.
 *   <li>The step is asked, and what it says is done.
 *   <li>An end counts once the gate of the step is open.
 * </ol>
 */
final class StepDriver {

    private static final int PASSES_WITHOUT_WAITING = 100_000;

    private final RunContext run;
    private final Book book;
    private final ProbeBook probes;
    private final Meter meter;

    StepDriver(RunContext run, Book book, ProbeBook probes, Meter meter) {
        this.run = run;
        this.book = book;
        this.probes = probes;
        this.meter = meter;
    }

    /**
     * Goes forward through the step; what stops the run, if anything does.
     *
     * @param left groups whose turn is left out in this run
     */
    Optional<Stop> forward(MigrationPlan.Step step, List<String> left) {
        if (!run.state().begun(step.id())) {
            run.write(new JournalRecord.StepBegun(step.id()));
        }
        meter.follow(book.firstIsLetGo(run.state()));
        run.listener().stepBegun(step);
        Holders holders = Holders.during(book.place(book.phaseOf(step.id())), book, run, step.id());
        Drive drive = new Drive(step, Way.FORWARD, holders);
        drive.machine.leaving(left);
        return drive.toEnd();
    }

    /** Takes the step back; what stops the run, if anything does. */
    Optional<Stop> back(MigrationPlan.Step step, Holders holders) {
        meter.follow(book.firstIsLetGo(run.state()));
        run.listener().stepBegun(step);
        return new Drive(step, Way.BACK, holders).toEnd();
    }

    private void ended(MigrationPlan.Step step, Way way, Pass.Finished end) {
        run.write(
                way == Way.FORWARD
                        ? new JournalRecord.StepDone(step.id(), end.detail(), end.deferred())
                        : new JournalRecord.StepBack(step.id(), end.detail()));
        meter.follow(book.firstIsLetGo(run.state()));
        run.listener().stepEnded(step, end.detail());
        meter.write();
    }

    /** One step on its way. */
    private final class Drive {
        private final MigrationPlan.Step step;
        private final Way way;
        private final Holders holders;
        private final StepMachine<?> machine;
        private final GateKeeper gate;
        private final Waiter waiter;
        private final Set<Part> wakes;
        private final Set<Part> kept;
        private boolean over;
        private int passes;

        Drive(MigrationPlan.Step step, Way way, Holders holders) {
            this.step = step;
            this.way = way;
            this.holders = holders;
            this.machine = book.machine(run, step, way, reason -> {});
            this.gate = new GateKeeper(run, probes, step);
            this.waiter = new Waiter(run, meter);
            this.wakes = EnumSet.noneOf(Part.class);
            wakes.addAll(machine.reads());
            wakes.addAll(holders.reads());
            this.kept = EnumSet.copyOf(wakes.isEmpty() ? Ledger.PARTS : wakes);
            kept.addAll(Ledger.PARTS);
        }

        Optional<Stop> toEnd() {
            Optional<Stop> stop = Optional.empty();
            while (!over && stop.isEmpty()) {
                run.halts().look();
                stop = run.halt("at step " + step.id()).or(this::once);
            }
            return stop;
        }

        private Optional<Stop> once() {
            run.keeper().refresh(kept);
            Optional<Holders.Lapsed> lapsed = holders.pass();
            if (lapsed.isPresent()) {
                return go(lapsed.get().step(), lapsed.get().pass(), end -> Optional.empty());
            }
            return go(step, gated(machine.pass()), end -> {
                ended(step, way, end);
                over = true;
                return Optional.empty();
            });
        }

        private Pass gated(Pass pass) {
            return way == Way.BACK
                    ? pass
                    : pass.fold(end -> gate.pass(end), again -> again, wait -> wait, stopped -> stopped);
        }

        private Optional<Stop> go(MigrationPlan.Step of, Pass pass, Function<Pass.Finished, Optional<Stop>> atEnd) {
            return pass.fold(
                    atEnd,
                    again -> {
                        waiter.progressed();
                        passes++;
                        return passes < PASSES_WITHOUT_WAITING
                                ? Optional.empty()
                                : Optional.of(Stop.failed("step " + of.id() + " acts without end"));
                    },
                    wait -> {
                        passes = 0;
                        return waiter.await(of, wait, wakes, kept);
                    },
                    stopped -> Optional.of(stopped.stop()));
        }
    }
}
