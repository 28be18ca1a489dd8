package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Part;
import io.cnishift.engine.journal.JournalRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finished steps whose end must keep holding while others work: the fence, the parking. Each is asked again when something
 * changed that it looks at. One that wants to act has lapsed: until it is done again nothing else is asked.
 */
final class Holders {

    private final List<Holder> holders = new ArrayList<>();

    private Holders() {}

    /** The steps that must hold while a phase at that place of the plan is worked on, all but the step that is. */
    static Holders during(int place, Book book, RunContext run, String active) {
        Holders holders = new Holders();
        book.steps().stream()
                .filter(s -> run.state().done(s.id()) && !s.id().equals(active))
                .forEach(step -> {
                    Holder holder = new Holder(run, step);
                    StepMachine<?> machine = book.machine(run, step, Way.FORWARD, holder::acts);
                    boolean holds = machine.holdsUntil()
                            .filter(phase -> place < (left(phase, run) ? Integer.MAX_VALUE : book.place(phase)))
                            .isPresent();
                    if (holds) {
                        holder.machine = Optional.of(machine);
                        holders.holders.add(holder);
                    }
                });
        return holders;
    }

    /** Whether that phase is left out of this run, so that what holds until then holds to the end. */
    private static boolean left(String phase, RunContext run) {
        return Forward.NOT_WHEN_HYBRID.contains(phase)
                && !run.state().deferred().isEmpty();
    }

    /** The parts that they look at. */
    Set<Part> reads() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        holders.forEach(h -> parts.addAll(h.machine().reads()));
        return parts;
    }

    /** What came of asking: a step that does not hold with its pass, or nothing when all hold. */
    Optional<Lapsed> pass() {
        for (Holder holder : holders) {
            Optional<Lapsed> lapsed = holder.pass();
            if (lapsed.isPresent()) {
                return lapsed;
            }
        }
        return Optional.empty();
    }

    /** A step that does not hold, and what came of asking it. */
    record Lapsed(MigrationPlan.Step step, Pass pass) {}

    /** One step. */
    private static final class Holder {
        private final RunContext run;
        private final MigrationPlan.Step step;
        private Optional<StepMachine<?>> machine = Optional.empty();
        private boolean settled = true;
        private Instant due = Instant.MIN;
        private long mark;

        Holder(RunContext run, MigrationPlan.Step step) {
            this.run = run;
            this.step = step;
        }

        StepMachine<?> machine() {
            return machine.orElseThrow();
        }

        void acts(String reason) {
            if (settled) {
                settled = false;
                run.write(new JournalRecord.StepLapsed(step.id(), reason));
                run.listener().lapsed(step, reason);
            }
        }

        Optional<Lapsed> pass() {
            boolean quiet = settled
                    && run.now().isBefore(due)
                    && !run.keeper().changed(machine().reads(), mark);
            if (quiet) {
                return Optional.empty();
            }
            mark = run.keeper().mark();
            Pass pass = machine().pass();
            return pass.fold(
                    this::holds,
                    again -> Optional.of(new Lapsed(step, again)),
                    this::waits,
                    stopped -> Optional.of(new Lapsed(step, stopped)));
        }

        private Optional<Lapsed> holds(Pass.Finished end) {
            if (!settled) {
                run.write(new JournalRecord.StepDone(step.id(), end.detail(), end.deferred()));
                run.listener().stepEnded(step, end.detail());
            }
            settled = true;
            due = Instant.MAX;
            return Optional.empty();
        }

        /** A step that only waits, and had not lapsed before, still holds. */
        private Optional<Lapsed> waits(Pass.Wait wait) {
            due = wait.until();
            return settled ? Optional.empty() : Optional.of(new Lapsed(step, wait));
        }
    }
}
