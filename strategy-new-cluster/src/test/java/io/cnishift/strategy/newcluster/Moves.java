package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.journal.DyingInStep;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.SimulatedCrash;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Runner;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Moves between two scenarios, by the engine. */
final class Moves {

    private final ClusterSnapshot from;
    private final ClusterSnapshot to;
    private final Intent intent;
    private final Engine engine = new Engine();
    private final Simulation simulation;
    private final Map<String, Object> options;
    private Journal journal;

    private Moves(
            ClusterSnapshot from,
            ClusterSnapshot to,
            Intent intent,
            Simulation simulation,
            Map<String, Object> options) {
        this.from = from;
        this.to = to;
        this.intent = intent;
        this.simulation = simulation;
        this.options = options;
        journal = Journal.inMemory("m" + options.size());
    }

    static Moves of(String from, String to, Intent intent) {
        return of(Asked.scenario(from), Asked.scenario(to), intent);
    }

    static Moves of(ClusterSnapshot from, ClusterSnapshot to, Intent intent) {
        return new Moves(from, to, intent, Simulation.pair(from, to, new Settings(1, Map.of())), Map.of());
    }

    /** Another move of the same two clusters, with these options. */
    Moves with(Map<String, Object> other) {
        return new Moves(from, to, intent, simulation, other);
    }

    Simulation simulation() {
        return simulation;
    }

    World first() {
        return simulation.world();
    }

    World second() {
        return first().second().orElseThrow();
    }

    Runner runner() {
        return engine.runner();
    }

    MigrationPlan plan() {
        return Asked.plan(new NewClusterStrategy(), from, to, options, intent, engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
    }

    RunRequest to(String step) {
        return RunRequest.of(StoredPlan.of(plan(), new PlanFiles(engine.codec())), journal, first())
                .within(RunLimits.THROUGH.lastStep(step));
    }

    RunResult applyTo(String step) {
        return engine.runner().apply(to(step));
    }

    RunResult resumeTo(String step) {
        return engine.runner().resume(to(step));
    }

    /** Applies until the process dies in the middle of that step, after an act and before its answer is written down. */
    void dieIn(String step) {
        journal = journal.through(sink -> new DyingInStep(step, sink, () -> {}));
        RunRequest request = to(step);
        assertThatThrownBy(() -> engine.runner().apply(request)).isInstanceOf(SimulatedCrash.class);
        journal = Journal.inMemory(journal);
        simulation.kernel().forgetWatches();
        simulation.second().ifPresent(there -> there.kernel().forgetWatches());
    }

    /** The acts of that type that the run meant to do. */
    List<Act> acts(Class<? extends Act> type) {
        return journal.lines().stream()
                .map(JournalLine::record)
                .filter(JournalRecord.ActIntended.class::isInstance)
                .map(r -> ((JournalRecord.ActIntended) r).act())
                .filter(type::isInstance)
                .toList();
    }

    /** What the run asked owners for. */
    List<Act> asked() {
        return journal.lines().stream()
                .map(JournalLine::record)
                .filter(JournalRecord.OwnerAsked.class::isInstance)
                .map(r -> ((JournalRecord.OwnerAsked) r).act())
                .toList();
    }

    /** Ready pods of a workload. */
    int ready(World world, String workload) {
        return sum(world, workload, Workload::ready);
    }

    /** Replicas that a workload is to have. */
    int wanted(World world, String workload) {
        return sum(world, workload, Workload::desired);
    }

    private static int sum(World world, String workload, ToIntFunction<Workload> of) {
        return world.kubernetes().read(Set.of(Part.WORKLOADS)).resources().stream()
                .map(Workload.class::cast)
                .filter(w -> w.key().equals(workload))
                .mapToInt(of)
                .sum();
    }

    /** What a cluster has that only has a name. */
    List<String> names(World world) {
        return world.kubernetes().read(Set.of(Part.OBJECTS)).resources().stream()
                .map(Resource::key)
                .toList();
    }

    /** Makes a claim that nobody asked for. */
    void claim(World world, String namespace, String name) {
        world.kubernetes()
                .perform(new CreateObject(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "PersistentVolumeClaim",
                        "metadata",
                        Map.of("namespace", namespace, "name", name),
                        "spec",
                        Map.of("accessModes", List.of("ReadWriteOnce")))));
    }
}
