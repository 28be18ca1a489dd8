package io.cnishift.simulator.kit;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.OptionForm;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.plan.Planner;
import io.cnishift.engine.plan.StepFacts;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Runner;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.world.Simulation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One strategy on one cluster, with the parts of the engine that it needs. */
final class Trial {

    private final MigrationStrategy strategy;
    private final ClusterSnapshot cluster;
    private final Map<String, Object> options;
    private final Map<String, StepKind<?>> kinds = new HashMap<>();
    private final Map<String, Probe> probes = new HashMap<>();
    private final Planner planner;
    private final PlanFiles files;

    Trial(MigrationStrategy strategy, ClusterSnapshot cluster, Map<String, Object> options) {
        this.strategy = strategy;
        this.cluster = cluster;
        this.options = options;
        Stream.concat(BuiltInProbes.all().stream(), strategy.probes().stream())
                .forEach(probe -> probes.put(probe.code(), probe));
        Stream.concat(BuiltInSteps.all(List.copyOf(probes.values())).stream(), strategy.stepKinds().stream())
                .forEach(kind -> kinds.put(kind.id(), kind));
        Map<String, Class<? extends Record>> params = new HashMap<>();
        StepKinds.all().forEach(type -> params.put(StepKinds.id(type), type));
        strategy.stepKinds().forEach(kind -> params.put(kind.id(), kind.params()));
        Codec codec = Codec.builder()
                .openType(MigrationPlan.Step.class, "kind", "params", id -> Optional.ofNullable(params.get(id)))
                .build();
        planner = new Planner(new OptionForm(codec), new StepFacts(this::kind));
        files = new PlanFiles(codec);
    }

    /** The same in another process: what step handlers have kept in memory is gone. */
    Trial inAnotherProcess() {
        return new Trial(strategy, cluster, options);
    }

    MigrationStrategy strategy() {
        return strategy;
    }

    ClusterSnapshot cluster() {
        return cluster;
    }

    Planner planner() {
        return planner;
    }

    PlanFiles files() {
        return files;
    }

    Optional<StepKind<?>> kind(String id) {
        return Optional.ofNullable(kinds.get(id));
    }

    Runner runner() {
        return new Runner(this::kind, code -> Optional.ofNullable(probes.get(code)));
    }

    /** Nothing forbidden, the options of the test. */
    Wishes wishes() {
        return new Wishes(Intent.NONE, Map.of(strategy.descriptor().id(), options), Map.of(), List.of(), false);
    }

    /** The plan with every consent given, or why there is none. */
    PlanResult plan(MigrationStrategy asked, ClusterSnapshot of) {
        return planner.consenting(new LoadedStrategy(asked, "contract"), of, wishes());
    }

    /** A fresh world for that plan; with a place beside it for the second cluster that the plan makes, if it does. */
    Simulation open(MigrationPlan plan) {
        Settings settings = new Settings(1, Map.of());
        return Unmade.in(plan, cluster)
                .map(second -> Simulation.pair(cluster, second, settings))
                .orElseGet(() -> Simulation.open(cluster, settings));
    }

    /** A run past all holds. */
    RunRequest request(MigrationPlan plan, Journal journal, Simulation simulation) {
        return RunRequest.of(StoredPlan.of(plan, files), journal, simulation.world())
                .within(RunLimits.THROUGH);
    }
}
