package io.cnishift.it.front;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.engine.journal.CrashingSink;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalSink;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.SimulatedCrash;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.lock.LeaseLock;
import io.cnishift.engine.lock.Lock;
import io.cnishift.engine.lock.LockHolder;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.it.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * One migration over HTTP in which requests fail and processes die, all of it by one seed. A process is a bench, connections, and
 * plan and journal as they are on the disk; of one that died nothing is left but these files and the cluster.
 */
final class ChaosRun {
    private static final int MOST_PAUSES = 5;
    private static final int MOST_DEATHS = 6;
    private static final double ANOTHER_DEATH = 0.6;
    private static final int LATEST_DEATH = 40;
    private static final Duration LEASE = Duration.ofSeconds(61);

    private final MigrationPlan plan;
    private final Fronted fronted;
    private final Path state;
    private final SplittableRandom random;
    private final List<String> killedIn = new ArrayList<>();
    private final List<String> pauses = new ArrayList<>();
    private boolean dead;

    ChaosRun(MigrationPlan plan, Fronted fronted, Path state, long seed) {
        this.plan = plan;
        this.fronted = fronted;
        this.state = state;
        random = new SplittableRandom(seed);
    }

    /** What came of it. */
    record End(
            RunReport report,
            List<JournalLine> lines,
            List<String> killedIn,
            List<String> pauses,
            Optional<LockHolder> holder) {}

    /** In which phase a process dies, at which of its acts there, and in which moment of it. */
    private record Death(Optional<String> phase, int act, Moment moment) {}

    private enum Moment {
        INTENDED,
        PERFORMED,
        WRITTEN
    }

    /**
     * Runs by as many processes as it takes.
     *
     * @param phase in which the first one dies
     * @param acts how many acts that phase has when nothing fails
     */
    End live(String phase, int acts) {
        Optional<Death> death = Optional.of(new Death(Optional.of(phase), 1 + random.nextInt(acts), moment()));
        Optional<RunReport> report = Optional.empty();
        while (report.isEmpty() || (report.get().outcome() == RunOutcome.PAUSED && pauses.size() < MOST_PAUSES)) {
            report.ifPresent(paused -> pauses.add(paused.reason()));
            report = process(death);
            if (report.isEmpty()) {
                // nobody goes on before the lease of the dead process has run out
                fronted.advance((LEASE.toSeconds()
                                + random.nextInt((int) Duration.ofMinutes(5).toSeconds())) + "s");
            }
            boolean again = killedIn.size() < MOST_DEATHS && random.nextDouble() < ANOTHER_DEATH;
            death = again
                    ? Optional.of(new Death(Optional.empty(), 1 + random.nextInt(LATEST_DEATH), moment()))
                    : Optional.empty();
        }
        Migrations migrations = new Bench().migrations(state);
        try (Journal journal = migrations.open(migrations.latest().orElseThrow())) {
            return new End(report.get(), List.copyOf(journal.lines()), killedIn, pauses, holder());
        }
    }

    private Moment moment() {
        return Moment.values()[random.nextInt(Moment.values().length)];
    }

    /** Who has the lock in the cluster, or let it run out and never gave it back. */
    private Optional<LockHolder> holder() {
        World world = fronted.simulation().world();
        return LeaseLock.of(world.kubernetes(), world.time()).last();
    }

    /** The lock in the cluster, which a process that dies does not give back. */
    private record OfTheLiving(Lock inner, BooleanSupplier dead) implements Lock {
        @Override
        public Held acquire(LockHolder who) {
            Held held = inner.acquire(who);
            return new Held() {
                @Override
                public Optional<String> keep() {
                    return held.keep();
                }

                @Override
                public Optional<String> confirm() {
                    return held.confirm();
                }

                @Override
                public Instant due() {
                    return held.due();
                }

                @Override
                public void close() {
                    if (!dead.getAsBoolean()) {
                        held.close();
                    }
                }
            };
        }

        @Override
        public Optional<LockHolder> holder() {
            return inner.holder();
        }
    }

    private Optional<RunReport> process(Optional<Death> death) {
        Bench bench = new Bench();
        Migrations migrations = bench.migrations(state);
        Optional<String> begun = migrations.latest();
        StoredPlan stored = begun.map(migrations::plan).orElseGet(() -> StoredPlan.of(plan, bench.files()));
        Journal journal = begun.map(migrations::open)
                // by the same id, however often it took to get the lock
                .orElseGet(() -> migrations.begin(
                        stored, fronted.simulation().kernel().snapshot().takenAt()))
                .through(
                        sink -> death.<JournalSink>map(d -> new Deadly(sink, d)).orElse(sink));
        dead = false;
        try (journal;
                FrontedWorld world = new FrontedWorld(fronted)) {
            World ports = world.world();
            LockHolder who =
                    new LockHolder("chaos", "here", "apply", ports.time().now());
            Lock lock = LeaseLock.of(ports.kubernetes(), ports.time()).takingOver(told -> {});
            RunRequest request = RunRequest.of(stored, journal, ports)
                    .within(RunLimits.THROUGH)
                    .locked(new OfTheLiving(lock, () -> dead), who);
            return Optional.of((journal.isEmpty()
                            ? bench.runner().apply(request)
                            : bench.runner().resume(request))
                    .report());
        } catch (SimulatedCrash crash) {
            return Optional.empty();
        } catch (MigrationException e) {
            // nothing was begun, for the answer to the lock was lost: whoever runs it runs it again
            if (e.disposition() != Disposition.RETRY) {
                throw e;
            }
            pauses.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private String phaseOf(String step) {
        return plan.phases().stream()
                .filter(phase -> phase.steps().stream().anyMatch(s -> s.id().equals(step)))
                .map(MigrationPlan.Phase::id)
                .findFirst()
                .orElseThrow();
    }

    /** Dies at an act. */
    private final class Deadly implements JournalSink {
        private final JournalSink inner;
        private final Death death;
        private int acts;
        private boolean doomed;

        Deadly(JournalSink inner, Death death) {
            this.inner = inner;
            this.death = death;
        }

        @Override
        public void write(JournalLine line) {
            if (line.record() instanceof JournalRecord.ActIntended intended) {
                String phase = phaseOf(intended.step());
                acts += death.phase().filter(p -> !p.equals(phase)).isPresent() ? 0 : 1;
                if (!doomed && acts == death.act()) {
                    doomed = true;
                    killedIn.add(phase);
                    if (death.moment() == Moment.INTENDED) {
                        dead = true;
                        CrashingSink.after(1, inner).write(line);
                    }
                }
            } else if (doomed) {
                dead = true;
                JournalSink last = death.moment() == Moment.PERFORMED
                        ? CrashingSink.before(1, inner)
                        : CrashingSink.after(1, inner);
                last.write(line);
            }
            inner.write(line);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    /** The number of acts in each phase that has any. */
    static Map<String, Integer> acts(MigrationPlan plan, List<JournalLine> lines) {
        Map<String, Integer> acts = new TreeMap<>();
        for (JournalLine line : lines) {
            if (line.record() instanceof JournalRecord.ActIntended intended) {
                plan.phases().stream()
                        .filter(phase -> phase.steps().stream().anyMatch(s -> s.id().equals(intended.step())))
                        .forEach(phase -> acts.merge(phase.id(), 1, Integer::sum));
            }
        }
        return acts;
    }
}
