package io.cnishift.it;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Consent;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans a bundled scenario and runs the plan on the simulator, with the same parts as the cli. */
public final class Bench {

    private final StrategyBook strategies;
    private final Map<String, Probe> probes;
    private final Codec codec;
    private final PlanFiles files;
    private final Function<String, Optional<StepKind<?>>> kinds;
    private final Planner planner;

    public Bench() {
        strategies = StrategyBook.load(getClass().getClassLoader());
        probes = Stream.concat(
                        BuiltInProbes.all().stream(),
                        strategies.all().stream().flatMap(s -> s.strategy().probes().stream()))
                .collect(Collectors.toMap(Probe::code, p -> p));
        Map<String, StepKind<?>> byId = new HashMap<>(BuiltInSteps.all(List.copyOf(probes.values())).stream()
                .collect(Collectors.toMap(StepKind::id, k -> k)));
        Map<String, Class<? extends Record>> params =
                new HashMap<>(StepKinds.all().stream().collect(Collectors.toMap(StepKinds::id, c -> c)));
        strategies.all().stream()
                .flatMap(s -> s.strategy().stepKinds().stream())
                .forEach((StepKind<?> kind) -> {
                    byId.put(kind.id(), kind);
                    params.put(kind.id(), kind.params());
                });
        kinds = id -> Optional.ofNullable(byId.get(id));
        codec = Codec.builder()
                .openType(MigrationPlan.Step.class, "kind", "params", id -> Optional.ofNullable(params.get(id)))
                .build();
        files = new PlanFiles(codec);
        planner = new Planner(new OptionForm(codec), new StepFacts(kinds));
    }

    public ClusterSnapshot scenario(String name) {
        return new Scenarios(codec).snapshot(name);
    }

    /** The overlay plan of a scenario under the intent of its owner. */
    public MigrationPlan plan(String scenario, Map<String, Object> options) {
        return plan("overlay", scenario, options);
    }

    /** The plan of a strategy for a scenario under the intent of its owner. */
    MigrationPlan plan(String strategy, String scenario, Map<String, Object> options) {
        return result(strategy, scenario, options).fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings().toString());
        });
    }

    PlanResult result(String strategy, String scenario, Map<String, Object> options) {
        Intent intent = new Scenarios(codec).intent(scenario);
        return result(
                strategy,
                scenario(scenario),
                new Wishes(intent, Map.of(strategy, options), Map.of(), List.of(), false));
    }

    PlanResult result(String scenario, Map<String, Object> options, Intent intent) {
        return result(scenario(scenario), options, intent);
    }

    PlanResult result(ClusterSnapshot snapshot, Map<String, Object> options, Intent intent) {
        Wishes wishes = new Wishes(intent, Map.of("overlay", options), Map.of(), List.of(), false);
        return result(snapshot, wishes);
    }

    /** What the overlay strategy makes of a cluster. */
    public PlanResult result(ClusterSnapshot cluster, Wishes wishes) {
        return result("overlay", cluster, wishes);
    }

    /** What a strategy makes of a cluster. */
    public PlanResult result(String strategy, ClusterSnapshot cluster, Wishes wishes) {
        return planner.plan(strategies.require(strategy), cluster, wishes);
    }

    /** The intent of a scenario's owner, who accepts these too, {@code CODE} or {@code CODE:SUBJECT}. */
    public Intent intent(String scenario, List<String> accepted) {
        Intent intent = new Scenarios(codec).intent(scenario);
        List<Consent> all = new ArrayList<>(intent.accepted());
        for (String text : accepted) {
            String[] parts = text.split(":", 2);
            Optional<String> subject = parts.length == 1 ? Optional.empty() : Optional.of(parts[1]);
            all.add(new Consent(parts[0], subject, Optional.empty(), Optional.empty(), Optional.of("a test")));
        }
        return new Intent(intent.goal(), intent.constraints(), all);
    }

    /** A bundled scenario with something changed in its document. */
    @SuppressWarnings("unchecked")
    ClusterSnapshot edited(String scenario, Consumer<Map<String, Object>> change) {
        Map<String, Object> tree = Tree.mutable(
                (Map<String, Object>) codec.toTree(ClusterSnapshot.class, scenario(scenario), Style.RESULT));
        change.accept(tree);
        return codec.fromTree(ClusterSnapshot.class, tree, "edited").value().orElseThrow();
    }

    public PlanFiles files() {
        return files;
    }

    /** The migrations kept under that folder. */
    public Migrations migrations(Path state) {
        return new Migrations(state, codec);
    }

    Simulation simulate(String scenario, long seed) {
        return simulate(scenario(scenario), seed);
    }

    public Simulation simulate(ClusterSnapshot cluster, long seed) {
        return Simulation.open(cluster, new Settings(seed, Map.of()));
    }

    /** Two clusters in one VPC. */
    public Simulation simulate(ClusterSnapshot cluster, ClusterSnapshot second, long seed) {
        return Simulation.pair(cluster, second, new Settings(seed, Map.of()));
    }

    public Runner runner() {
        return new Runner(kinds::apply, code -> Optional.ofNullable(probes.get(code)));
    }

    /** A world that looks like a simulated one does now. */
    World copyOf(Simulation simulation) {
        return rehearsal().copyOf(simulation.world(), "sim:copy", new Settings(1, Map.of()));
    }

    public Rehearsal rehearsal() {
        return new Rehearsal(runner(), new SimulatedWorlds());
    }

    RunResult run(MigrationPlan plan, Simulation simulation) {
        return runner().apply(request(plan, Journal.inMemory("m1"), simulation));
    }

    public RunRequest request(MigrationPlan plan, Journal journal, Simulation simulation) {
        return RunRequest.of(StoredPlan.of(plan, files), journal, simulation.world());
    }

    public String text(RunReport report) {
        return codec.text(RunReport.class, report, Format.YAML, Style.RESULT);
    }

    /** The pods that have not finished. */
    static List<Pod> pods(Simulation simulation) {
        return simulation.kernel().objects().list("Pod").stream()
                .map(KubeProjection::pod)
                .filter(p -> !p.finished())
                .toList();
    }

    static List<Node> nodes(Simulation simulation) {
        return simulation.kernel().objects().list("Node").stream()
                .map(KubeProjection::node)
                .toList();
    }
}
