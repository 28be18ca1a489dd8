package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.RevokeIngress;
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
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Two clusters that are one mesh while both serve, by the engine. */
final class MeshSimulationTest {

    private final Engine engine = new Engine();
    private final Journal journal = Journal.inMemory("m1");
    private ClusterSnapshot snapshot = Meshed.first();
    private Map<String, Object> options = Meshed.OPTIONS;
    private Simulation simulation = pair(snapshot);

    /** From now on pods of both have addresses of the VPC. */
    private void natively() {
        snapshot = Meshed.eni();
        options = Meshed.NATIVE;
        simulation = pair(snapshot);
    }

    private static Simulation pair(ClusterSnapshot first) {
        return Simulation.pair(first, Unmade.beside(first, "green"), new Settings(1, Map.of()));
    }

    private World first() {
        return simulation.world();
    }

    private World second() {
        return first().second().orElseThrow();
    }

    private RunRequest request() {
        MigrationPlan plan = Asked.plan(new NewClusterStrategy(), snapshot, options, Accepted.MADE, engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        return RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), journal, first())
                .within(RunLimits.THROUGH);
    }

    private RunReport run(String step) {
        RunRequest all = request();
        return engine.runner()
                .apply(all.within(RunLimits.THROUGH.lastStep(step)))
                .report();
    }

    private static List<String> policies(World world) {
        return world.kubernetes().read(Set.of(Part.NETWORK_POLICIES)).resources().stream()
                .map(Resource::key)
                .toList();
    }

    private List<SecurityGroup> groups(World world) {
        return world.aws().read(Set.of(Part.SECURITY_GROUPS)).resources().stream()
                .map(SecurityGroup.class::cast)
                .toList();
    }

    private Values values(World world) {
        return world.helm().read(Set.of(Part.RELEASES)).resources().stream()
                .map(Release.class::cast)
                .filter(r -> r.name().equals("cilium"))
                .map(r -> Values.of(r.values()))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a pod of the first cluster reaches one of the second, and if not, why. */
    private Answer across() {
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

    private void act(Act act, World world) {
        assertThat(world.port(act).perform(act).done()).as(act.toString()).isTrue();
    }

    private void upgraded(World world, UnaryOperator<Values> change) {
        act(
                new UpgradeRelease(
                        "kube-system",
                        "cilium",
                        "cilium",
                        "1.20.0",
                        change.apply(values(world)).toMap()),
                world);
    }

    @Test
    void podsOfBothClustersReachEachOtherAndPoliciesAdmitThem() {
        RunReport report = run("admit-peers");

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.PAUSED);
        assertThat(report.findings()).isEmpty();
        assertThat(report.notModelled()).isEmpty();
        assertThat(across().reached()).as(across().evidence()).isTrue();
        assertThat(policies(first())).contains("shop/cnishift-mesh-web");
        assertThat(policies(second()))
                .contains("shop/web", "shop/cnishift-mesh-web")
                .doesNotContain("shop/cnishift-mesh-nobody");
    }

    @Test
    void theFirstClusterIsLetGoWithoutAMesh() {
        RunReport report = engine.runner().apply(request()).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(policies(second())).contains("shop/web").doesNotContain("shop/cnishift-mesh-web");
        assertThat(values(first()).get("clustermesh.useAPIServer")).isEmpty();
        assertThat(values(second()).get("clustermesh.useAPIServer")).isEmpty();
        assertThat(groups(first()))
                .noneMatch(
                        g -> g.ingress().stream().anyMatch(r -> r.description().startsWith("cnishift")));
    }

    @Test
    void whatServedOtherClustersBeforeDoesSoAfterwards() {
        snapshot = Meshed.with(values -> values.with("clustermesh.useAPIServer", true));
        simulation = pair(snapshot);

        RunReport report = engine.runner().apply(request()).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(values(first()).isTrue("clustermesh.useAPIServer")).isTrue();
        assertThat(values(first()).get("clustermesh.config")).isEmpty();
    }

    @Test
    void whatSomebodySetMeanwhileStays() {
        run("admit-peers");
        upgraded(second(), values -> values.with("debug.enabled", true));

        RunReport report = engine.runner().resume(request()).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(values(second()).isTrue("debug.enabled")).isTrue();
        assertThat(values(second()).get("clustermesh.config")).isEmpty();
    }

    @Test
    void theWayBackLeadsToTheStart() {
        ClusterState start = ClusterState.of(simulation);
        RunRequest request = request();
        assertThat(engine.runner().apply(request).report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
    }

    @Test
    void aSecondClusterThatExistsIsJoinedToo() {
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
        RunRequest request = RunRequest.of(
                        StoredPlan.of(plan, new PlanFiles(engine.codec())), Journal.inMemory("m2"), first())
                .within(RunLimits.THROUGH);
        ClusterState start = ClusterState.of(simulation);

        RunReport report = engine.runner()
                .apply(request.within(RunLimits.THROUGH.lastStep("admit-peers")))
                .report();

        assertThat(report.findings()).as(report.reason()).isEmpty();
        assertThat(across().reached()).as(across().evidence()).isTrue();
        RunReport back = new Rollbacks(engine.runner()).turn(request).report();
        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
    }

    @Test
    void nodesThatDoNotAdmitEachOtherAreFoundOut() {
        run("open-nodes");
        groups(first())
                .forEach(g -> g.ingress().stream()
                        .filter(r -> r.description().startsWith("cnishift"))
                        .forEach(r -> act(new RevokeIngress(g.id(), List.of(r)), first())));

        RunReport report = engine.runner()
                .resume(request().within(RunLimits.THROUGH.lastStep("prove-mesh")))
                .report();

        assertThat(report.findings()).extracting(f -> f.code()).containsExactly("NEW-MESH-NOT-CONNECTED");
        assertThat(report.findings().get(0).message()).contains("do not admit udp/8472");
    }

    @Test
    void agentsThatRunWithoutTheNumberOfTheirReleaseAreFoundOut() {
        // somebody upgraded the release and restarted nobody
        simulation = pair(Meshed.unrestarted());

        RunReport report = run("prove-mesh");

        assertThat(report.findings()).extracting(f -> f.code()).containsExactly("NEW-MESH-NOT-CONNECTED");
        assertThat(report.findings().get(0).message()).contains("run without a name and a number");
    }

    @Test
    void aClusterThatIsNotToldOfTheOtherLearnsNothing() {
        run("prove-mesh");
        upgraded(second(), values -> values.without("clustermesh.config"));

        assertThat(across().evidence()).contains("agents of green were not told of a cluster blue");
    }

    @Test
    void aCertificateForAnotherNameIsNotTaken() {
        run("prove-mesh");
        upgraded(second(), values -> values.without("clustermesh.apiserver.tls"));

        assertThat(across().evidence()).contains("x509: the certificate of green is not valid for");
    }

    @Test
    void anotherAuthorityIsNotTrusted() {
        run("prove-mesh");
        act(
                new PatchObject(
                        ObjectRef.of("v1", "Secret", "kube-system", "cilium-ca"),
                        PatchType.MERGE,
                        Map.of("data", Map.of("ca.crt", "b3RoZXI=")),
                        Optional.empty()),
                second());

        assertThat(across().evidence()).contains("signed by unknown authority");
    }

    @Test
    void anApiServerThatIsNotThereTellsNobody() {
        run("prove-mesh");
        act(
                new PatchObject(
                        ObjectRef.of("apps/v1", "Deployment", "kube-system", "clustermesh-apiserver"),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("replicas", 0)),
                        Optional.empty()),
                second());

        assertThat(across().evidence()).contains("the API server of green for the mesh");
    }

    @Test
    void clustersWithoutATunnelAreJoinedAndPartedToo() {
        natively();

        RunReport joined = run("admit-peers");

        assertThat(joined.outcome()).as(joined.reason()).isEqualTo(RunOutcome.PAUSED);
        assertThat(joined.findings()).isEmpty();
        assertThat(joined.notModelled()).isEmpty();
        assertThat(across().evidence()).contains("through the VPC");
        assertThat(policies(first())).contains("shop/cnishift-mesh-web");
        assertThat(policies(second())).contains("shop/web", "shop/cnishift-mesh-web");

        RunReport all = engine.runner().resume(request()).report();

        assertThat(all.outcome()).as(all.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(policies(second())).contains("shop/web").doesNotContain("shop/cnishift-mesh-web");
        assertThat(values(second()).get("clustermesh.useAPIServer")).isEmpty();
        assertThat(groups(second()))
                .noneMatch(
                        g -> g.ingress().stream().anyMatch(r -> r.description().startsWith("cnishift")));
    }

    @Test
    void theWayBackWithoutATunnelLeadsToTheStart() {
        natively();
        ClusterState start = ClusterState.of(simulation);
        RunRequest request = request();
        // nodes made anew have as many interfaces as their pods need by then
        engine.runner().apply(request.within(RunLimits.THROUGH.lastStep("close-nodes")));

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
    }

    @Test
    void withoutATunnelAnApiServerThatIsNotThereIsFoundOutThoughPodsReachEachOther() {
        natively();
        run("join-mesh");
        act(
                new PatchObject(
                        ObjectRef.of("apps/v1", "Deployment", "kube-system", "clustermesh-apiserver"),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("replicas", 0)),
                        Optional.empty()),
                second());
        assertThat(across().reached()).as(across().evidence()).isTrue();

        RunReport report = engine.runner()
                .resume(request().within(RunLimits.THROUGH.lastStep("prove-mesh")))
                .report();

        assertThat(report.findings()).extracting(f -> f.code()).containsExactly("NEW-MESH-NOT-CONNECTED");
        assertThat(report.findings().get(0).message())
                .contains("Service kube-system/clustermesh-apiserver has no ready endpoint");
    }

    @Test
    void withoutATunnelNodesThatDoNotAdmitEachOtherAreFoundOut() {
        natively();
        run("open-nodes");
        groups(second())
                .forEach(g -> g.ingress().stream()
                        .filter(r -> r.description().startsWith("cnishift"))
                        .forEach(r -> act(new RevokeIngress(g.id(), List.of(r)), second())));

        RunReport report = engine.runner()
                .resume(request().within(RunLimits.THROUGH.lastStep("prove-mesh")))
                .report();

        assertThat(report.findings()).extracting(f -> f.code()).containsExactly("NEW-MESH-NOT-CONNECTED");
        assertThat(report.findings().get(0).message()).contains("do not admit tcp/53");
    }
}
