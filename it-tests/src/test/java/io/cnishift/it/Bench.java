package io.cnishift.it;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.OptionForm;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.plan.Planner;
import io.cnishift.engine.plan.StepFacts;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.engine.rehearse.Rehearsal;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Runner;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.scenario.Scenarios;
import io.cnishift.simulator.world.SimulatedWorlds;
import io.cnishift.simulator.world.Simulation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plans a bundled scenario and runs the plan on the simulator, with the same parts as the cli. */
final class Bench {

    private final Codec codec;
    private final PlanFiles files;
    private final Function<String, Optional<StepKind<?>>> kinds;
    private final Planner planner;

    Bench() {
        Map<String, StepKind<?>> byId =
                BuiltInSteps.all(BuiltInProbes.all()).stream().collect(Collectors.toMap(StepKind::id, k -> k));
        Map<String, Class<? extends Record>> params =
                StepKinds.all().stream().collect(Collectors.toMap(StepKinds::id, c -> c));
        kinds = id -> Optional.ofNullable(byId.get(id));
        codec = Codec.builder()
                .openType(MigrationPlan.Step.class, "kind", "params", id -> Optional.ofNullable(params.get(id)))
                .build();
        files = new PlanFiles(codec);
        planner = new Planner(new OptionForm(codec), new StepFacts(kinds));
    }

    ClusterSnapshot scenario(String name) {
        return new Scenarios(codec).snapshot(name);
    }

    /** The overlay plan of a scenario under the intent of its owner. */
    MigrationPlan plan(String scenario, Map<String, Object> options) {
        return result(scenario, options, new Scenarios(codec).intent(scenario))
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings().toString());
                });
    }

    PlanResult result(String scenario, Map<String, Object> options, Intent intent) {
        Wishes wishes = new Wishes(intent, Map.of("overlay", options), Map.of(), List.of(), false);
        return planner.plan(
                StrategyBook.load(getClass().getClassLoader()).require("overlay"), scenario(scenario), wishes);
    }

    PlanFiles files() {
        return files;
    }

    /** The migrations kept under that folder. */
    Migrations migrations(Path state) {
        return new Migrations(state, codec);
    }

    Simulation simulate(String scenario, long seed) {
        return Simulation.open(scenario(scenario), new Settings(seed, Map.of()));
    }

    Runner runner() {
        return new Runner(
                kinds::apply,
                code -> BuiltInProbes.all().stream()
                        .filter(p -> p.code().equals(code))
                        .findFirst());
    }

    /** A world that looks like a simulated one does now. */
    World copyOf(Simulation simulation) {
        return rehearsal().copyOf(simulation.world(), "sim:copy", new Settings(1, Map.of()));
    }

    Rehearsal rehearsal() {
        return new Rehearsal(runner(), new SimulatedWorlds());
    }

    RunResult run(MigrationPlan plan, Simulation simulation) {
        return runner().apply(request(plan, Journal.inMemory("m1"), simulation));
    }

    RunRequest request(MigrationPlan plan, Journal journal, Simulation simulation) {
        return RunRequest.of(StoredPlan.of(plan, files), journal, simulation.world());
    }

    String text(RunReport report) {
        return codec.text(RunReport.class, report, Format.YAML, Style.RESULT);
    }
}
