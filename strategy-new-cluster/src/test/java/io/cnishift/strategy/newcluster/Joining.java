package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.cilium.Values;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Runner;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Two clusters that a plan joins, by the engine. */
final class Joining {

    private final Engine engine = new Engine();
    private final Journal journal = Journal.inMemory("m1");
    private ClusterSnapshot snapshot = Meshed.first();
    private Map<String, Object> options = Meshed.OPTIONS;
    private Simulation simulation = pair(snapshot);

    /** From now on pods of both have addresses of the VPC. */
    void natively() {
        snapshot = Meshed.eni();
        options = Meshed.NATIVE;
        simulation = pair(snapshot);
    }

    private static Simulation pair(ClusterSnapshot first) {
        return Simulation.pair(first, Unmade.beside(first, "green"), new Settings(1, Map.of()));
    }

    World first() {
        return simulation.world();
    }

    World second() {
        return first().second().orElseThrow();
    }

    RunRequest request() {
        return request(plan());
    }

    /** The plan but for that step. */
    RunRequest without(String step) {
        MigrationPlan plan = plan();
        return request(new MigrationPlan(
                plan.format(),
                plan.strategy(),
                plan.cluster(),
                plan.options(),
                plan.accepted(),
                plan.holds(),
                plan.mayRemain(),
                plan.phases().stream()
                        .map(p -> new MigrationPlan.Phase(
                                p.id(),
                                p.steps().stream()
                                        .filter(s -> !s.id().equals(step))
                                        .toList()))
                        .toList(),
                plan.second()));
    }

    private MigrationPlan plan() {
        return Asked.plan(new NewClusterStrategy(), snapshot, options, Accepted.MADE, engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
    }

    private RunRequest request(MigrationPlan plan) {
        return RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), journal, first())
                .within(RunLimits.THROUGH);
    }

    RunReport run(String step) {
        RunRequest all = request();
        return engine.runner()
                .apply(all.within(RunLimits.THROUGH.lastStep(step)))
                .report();
    }

    static List<String> policies(World world) {
        return world.kubernetes().read(Set.of(Part.NETWORK_POLICIES)).resources().stream()
                .map(Resource::key)
                .toList();
    }

    List<SecurityGroup> groups(World world) {
        return world.aws().read(Set.of(Part.SECURITY_GROUPS)).resources().stream()
                .map(SecurityGroup.class::cast)
                .toList();
    }

    Values values(World world) {
        return world.helm().read(Set.of(Part.RELEASES)).resources().stream()
                .map(Release.class::cast)
                .filter(r -> r.name().equals("cilium"))
                .map(r -> Values.of(r.values()))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a pod of the first cluster reaches one of the second, and if not, why. */
    Answer across() {
        Instant later = first().time().now().plus(Duration.ofMinutes(3));
        while (first().time().now().isBefore(later)) {
            first().time().await(later);
        }
        String node =
                first().kubernetes().read(Set.of(Part.NODES)).resources().get(0).key();
        String address = second().kubernetes().read(Set.of(Part.PODS)).resources().stream()
                .map(Pod.class::cast)
                .filter(p -> "kube-dns".equals(p.labels().get("k8s-app")))
                .flatMap(p -> p.address().stream())
                .findFirst()
                .orElseThrow();
        return first().reach().ask(Question.of(From.POD_ON, node, To.ADDRESS, address, Protocol.TCP, 53));
    }

    void act(Act act, World world) {
        assertThat(world.port(act).perform(act).done()).as(act.toString()).isTrue();
    }

    <R extends JournalRecord> Stream<R> records(Class<R> type) {
        return journal.lines().stream()
                .map(JournalLine::record)
                .filter(type::isInstance)
                .map(type::cast);
    }

    static CreateObject policy(String namespace, String name, Map<String, Object> spec) {
        return new CreateObject(Map.of(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "NetworkPolicy",
                "metadata",
                Map.of("namespace", namespace, "name", name),
                "spec",
                spec));
    }

    void upgraded(World world, UnaryOperator<Values> change) {
        act(
                new UpgradeRelease(
                        "kube-system",
                        "cilium",
                        "cilium",
                        "1.20.0",
                        change.apply(values(world)).toMap()),
                world);
    }

    /** The plan for both as they are once the second one could be joined. */
    RunRequest existing() {
        run("await-controller");
        ClusterSnapshot blue = Snapshots.of(first(), "sim:blue");
        ClusterSnapshot green = Snapshots.of(second(), "sim:green");
        MigrationPlan plan = Asked.plan(
                        new NewClusterStrategy(),
                        blue,
                        green,
                        Map.of("to", "sim:green", "mesh", "true"),
                        Accepted.MESH_TRUST,
                        engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        return RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), Journal.inMemory("m2"), first())
                .within(RunLimits.THROUGH);
    }

    /** Begins with another first cluster. */
    void begin(ClusterSnapshot first) {
        snapshot = first;
        simulation = pair(first);
    }

    Runner runner() {
        return engine.runner();
    }

    ClusterState state() {
        return ClusterState.of(simulation);
    }
}
