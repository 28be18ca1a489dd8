package io.cnishift.engine.rehearse;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.codec.Suggestion;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunListener;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Runner;
import io.cnishift.engine.run.Snapshots;
import java.util.List;
import java.util.Objects;

/** Runs a plan in a fresh world that looks like a snapshot, past all holds, with a journal in memory. */
public final class Rehearsal {

    private final Runner runner;
    private final WorldFactory worlds;

    public Rehearsal(Runner runner, WorldFactory worlds) {
        this.runner = Objects.requireNonNull(runner);
        this.worlds = Objects.requireNonNull(worlds);
    }

    /** Runs the plan to its end. */
    public RunResult run(
            StoredPlan plan, ClusterSnapshot snapshot, WorldFactory.Settings settings, RunListener listener) {
        return run(plan, worlds.open(snapshot, settings), RunLimits.THROUGH, listener);
    }

    /** Runs the plan in that world, as far as the limits say. */
    public RunResult run(StoredPlan plan, World world, RunLimits limits, RunListener listener) {
        try (Journal journal = journal(plan, world)) {
            return runner.apply(
                    RunRequest.of(plan, journal, world).within(limits).toldTo(listener));
        }
    }

    /** A run up to a step, and the way back from there. */
    public record Turn(RunResult there, RunResult back) {
        public Turn {
            Objects.requireNonNull(there);
            Objects.requireNonNull(back);
        }
    }

    /** Runs the plan to the end of that step, then takes all of it back; the report of the way back says what it came to. */
    public Turn turningAt(String step, StoredPlan plan, World world, RunListener listener) {
        List<String> steps = plan.plan().phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .map(MigrationPlan.Step::id)
                .toList();
        if (!steps.contains(step)) {
            String near = Suggestion.nearest(step, steps)
                    .map(s -> "did you mean " + s + "? ")
                    .orElse("");
            throw MigrationException.user(
                    "RUN-NO-STEP", "the plan has no step '" + step + "'", near + "'cnishift plan' shows all of them");
        }
        try (Journal journal = journal(plan, world)) {
            RunRequest request = RunRequest.of(plan, journal, world).toldTo(listener);
            RunResult there = runner.apply(request.within(RunLimits.THROUGH.lastStep(step)));
            boolean arrived = there.cause() == StopCause.LIMIT || there.report().outcome() == RunOutcome.SUCCEEDED;
            RunResult back = arrived ? new Rollbacks(runner).turn(request) : there;
            return new Turn(there, back);
        }
    }

    /** A world that looks like another one does now. */
    public World copyOf(World world, String source, WorldFactory.Settings settings) {
        return worlds.open(Snapshots.of(world, source), settings);
    }

    private static Journal journal(StoredPlan plan, World world) {
        return Journal.inMemory(Migrations.id(plan, world.time().now()));
    }
}
