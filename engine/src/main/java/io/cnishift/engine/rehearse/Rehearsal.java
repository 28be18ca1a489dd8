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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs a plan in a fresh world that looks like a snapshot, past all holds, with a journal in memory. */
public final class Rehearsal {

    private final Runner runner;
    private final WorldFactory worlds;
    private final List<String> deaths;

    public Rehearsal(Runner runner, WorldFactory worlds) {
        this(runner, worlds, List.of());
    }

    private Rehearsal(Runner runner, WorldFactory worlds, List<String> deaths) {
        this.runner = Objects.requireNonNull(runner);
        this.worlds = Objects.requireNonNull(worlds);
        this.deaths = List.copyOf(deaths);
    }

    /** A rehearsal whose process dies in the middle of each of these steps, once, and is followed by another. */
    public Rehearsal dyingIn(List<String> steps) {
        return new Rehearsal(runner, worlds, steps);
    }

    /** Runs the plan to its end. */
    public RunResult run(
            StoredPlan plan, ClusterSnapshot snapshot, WorldFactory.Settings settings, RunListener listener) {
        return run(plan, worlds.open(snapshot, settings), RunLimits.THROUGH, listener);
    }

    /** Runs the plan in that world, as far as the limits say. */
    public RunResult run(StoredPlan plan, World world, RunLimits limits, RunListener listener) {
        deaths.forEach(step -> requireStep(plan, step));
        Deaths fate = new Deaths(deaths);
        RunRequest request =
                RunRequest.of(plan, journal(plan, world), world).within(limits).toldTo(listener);
        return told(fate.run(runner, request).result(), world, fate);
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
        requireStep(plan, step);
        deaths.forEach(death -> requireStep(plan, death));
        Deaths fate = new Deaths(deaths);
        RunRequest request = RunRequest.of(plan, journal(plan, world), world).toldTo(listener);
        Deaths.Survived run = fate.run(runner, request.within(RunLimits.THROUGH.lastStep(step)));
        RunResult there = told(run.result(), world, fate);
        boolean arrived = there.cause() == StopCause.LIMIT || there.report().outcome() == RunOutcome.SUCCEEDED;
        return new Turn(
                there,
                arrived
                        ? told(
                                new Rollbacks(runner)
                                        .turn(request.on(run.request().journal())),
                                world,
                                fate)
                        : there);
    }

    private static RunResult told(RunResult result, World world, Deaths fate) {
        List<String> lines = new ArrayList<>(world.injected().get());
        lines.addAll(fate.lines());
        return result.withInjected(lines);
    }

    private static void requireStep(StoredPlan plan, String step) {
        List<String> steps = plan.plan().phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .map(MigrationPlan.Step::id)
                .toList();
        if (!steps.contains(step)) {
            String near = Suggestion.nearest(step, steps)
                    .map(s -> "did you mean " + s + "? ")
                    .orElse("");
            String phase = plan.plan().phases().stream()
                    .filter(p -> p.id().equals(step) && !p.steps().isEmpty())
                    .findFirst()
                    .map(p -> "it is a phase, whose last step is "
                            + p.steps().get(p.steps().size() - 1).id() + "; ")
                    .orElse(near);
            throw MigrationException.user(
                    "RUN-NO-STEP",
                    "the plan has no step '" + step + "'",
                    phase + "its steps are " + String.join(", ", steps));
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
