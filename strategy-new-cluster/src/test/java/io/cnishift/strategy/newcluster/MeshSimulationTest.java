package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.simulator.kit.ClusterState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two clusters that are one mesh while both serve, by the engine. */
final class MeshSimulationTest {

    private final Joining both = new Joining();

    @Test
    void podsOfBothClustersReachEachOtherAndPoliciesAdmitThem() {
        RunReport report = both.run("admit-peers");

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.PAUSED);
        assertThat(report.findings()).isEmpty();
        assertThat(report.notModelled()).isEmpty();
        assertThat(both.across().reached()).as(both.across().evidence()).isTrue();
        assertThat(Joining.policies(both.first())).contains("shop/cnishift-mesh-web");
        assertThat(Joining.policies(both.second()))
                .contains("shop/web", "shop/cnishift-mesh-web")
                .doesNotContain("shop/cnishift-mesh-nobody");
    }

    @Test
    void theFirstClusterIsLetGoWithoutAMesh() {
        RunReport report = both.runner().apply(both.request()).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        // agents go on with what they know, and nobody else asks the load balancers that go
        assertThat(report.violations()).extracting(Finding::code).doesNotContain("SIM-PATH-DOWN", "SIM-PATH-ERRORS");
        assertThat(Joining.policies(both.second())).contains("shop/web").doesNotContain("shop/cnishift-mesh-web");
        assertThat(both.values(both.first()).get("clustermesh.useAPIServer")).isEmpty();
        assertThat(both.values(both.second()).get("clustermesh.useAPIServer")).isEmpty();
        assertThat(both.groups(both.first()))
                .noneMatch(
                        g -> g.ingress().stream().anyMatch(r -> r.description().startsWith("cnishift")));
    }

    @Test
    void theWayBackLeadsToTheStart() {
        ClusterState start = both.state();
        RunRequest request = both.request();
        assertThat(both.runner().apply(request).report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);

        RunReport back = new Rollbacks(both.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(both.state())).isEmpty();
    }

    @Test
    void aSecondClusterThatExistsIsJoinedToo() {
        RunRequest request = both.existing();
        ClusterState start = both.state();

        RunReport report = both.runner()
                .apply(request.within(RunLimits.THROUGH.lastStep("admit-peers")))
                .report();

        assertThat(report.findings()).as(report.reason()).isEmpty();
        assertThat(both.across().reached()).as(both.across().evidence()).isTrue();
        RunReport back = new Rollbacks(both.runner()).turn(request).report();
        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(both.state())).isEmpty();
    }

    @Test
    void nodesThatDoNotAdmitEachOtherAreFoundOut() {
        both.run("prove-mesh");
        both.groups(both.first())
                .forEach(g -> g.ingress().stream()
                        .filter(r -> r.description().startsWith("cnishift"))
                        .forEach(r -> both.act(new RevokeIngress(g.id(), List.of(r)), both.first())));

        assertThat(both.across().evidence()).contains("do not admit udp/8472");
    }

    @Test
    void theProofFindsNodesThatDoNotAdmitEachOther() {
        RunReport report = both.runner()
                .apply(both.without("open-nodes").within(RunLimits.THROUGH.lastStep("prove-mesh")))
                .report();

        assertThat(report.findings())
                .as(report.reason())
                .extracting(Finding::code)
                .containsExactly("NEW-MESH-NOT-CONNECTED");
        assertThat(report.findings().get(0).message()).contains("do not admit");
    }

    @Test
    void agentsThatRunWithoutTheNumberOfTheirReleaseAreFoundOut() {
        // somebody upgraded the release and restarted nobody
        both.begin(Meshed.unrestarted());

        RunReport report = both.run("prove-mesh");

        assertThat(report.findings()).extracting(f -> f.code()).containsExactly("NEW-MESH-NOT-CONNECTED");
        assertThat(report.findings().get(0).message()).contains("run without a name and a number");
    }

    @Test
    void aClusterThatIsNotToldOfTheOtherLearnsNothing() {
        both.run("prove-mesh");
        both.upgraded(both.second(), values -> values.without("clustermesh.config"));

        assertThat(both.across().evidence()).contains("agents of green were not told of a cluster blue");
    }

    @Test
    void aCertificateForAnotherNameIsNotTaken() {
        both.run("prove-mesh");
        both.upgraded(both.second(), values -> values.without("clustermesh.apiserver.tls"));

        assertThat(both.across().evidence()).contains("x509: the certificate of green is not valid for");
    }

    @Test
    void anotherAuthorityIsNotTrusted() {
        both.run("prove-mesh");
        both.act(
                new PatchObject(
                        ObjectRef.of("v1", "Secret", "kube-system", "cilium-ca"),
                        PatchType.MERGE,
                        Map.of("data", Map.of("ca.crt", "b3RoZXI=")),
                        Optional.empty()),
                both.second());

        assertThat(both.across().evidence()).contains("signed by unknown authority");
    }

    @Test
    void anApiServerThatIsNotThereTellsNobody() {
        both.run("prove-mesh");
        both.act(
                new PatchObject(
                        ObjectRef.of("apps/v1", "Deployment", "kube-system", "clustermesh-apiserver"),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("replicas", 0)),
                        Optional.empty()),
                both.second());

        assertThat(both.across().evidence()).contains("the API server of green for the mesh");
    }

    @Test
    void clustersWithoutATunnelAreJoinedAndPartedToo() {
        both.natively();

        RunReport joined = both.run("admit-peers");

        assertThat(joined.outcome()).as(joined.reason()).isEqualTo(RunOutcome.PAUSED);
        assertThat(joined.findings()).isEmpty();
        assertThat(joined.notModelled()).isEmpty();
        assertThat(both.across().evidence()).contains("through the VPC");
        assertThat(Joining.policies(both.first())).contains("shop/cnishift-mesh-web");
        assertThat(Joining.policies(both.second())).contains("shop/web", "shop/cnishift-mesh-web");

        RunReport all = both.runner().resume(both.request()).report();

        assertThat(all.outcome()).as(all.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(Joining.policies(both.second())).contains("shop/web").doesNotContain("shop/cnishift-mesh-web");
        assertThat(both.values(both.second()).get("clustermesh.useAPIServer")).isEmpty();
        assertThat(both.groups(both.second()))
                .noneMatch(
                        g -> g.ingress().stream().anyMatch(r -> r.description().startsWith("cnishift")));
    }

    @Test
    void theWayBackWithoutATunnelLeadsToTheStart() {
        both.natively();
        ClusterState start = both.state();
        RunRequest request = both.request();
        // nodes made anew have as many interfaces as their pods need by then
        both.runner().apply(request.within(RunLimits.THROUGH.lastStep("close-nodes")));

        RunReport back = new Rollbacks(both.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(both.state())).isEmpty();
    }

    @Test
    void withoutATunnelAnApiServerThatIsNotThereIsFoundOutThoughPodsReachEachOther() {
        both.natively();
        both.run("join-mesh");
        both.act(
                new PatchObject(
                        ObjectRef.of("apps/v1", "Deployment", "kube-system", "clustermesh-apiserver"),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("replicas", 0)),
                        Optional.empty()),
                both.second());
        assertThat(both.across().reached()).as(both.across().evidence()).isTrue();

        RunReport report = both.runner()
                .resume(both.request().within(RunLimits.THROUGH.lastStep("prove-mesh")))
                .report();

        assertThat(report.findings()).extracting(f -> f.code()).containsExactly("NEW-MESH-NOT-CONNECTED");
        assertThat(report.findings().get(0).message())
                .contains("Service kube-system/clustermesh-apiserver has no ready endpoint");
    }

    @Test
    void withoutATunnelNodesThatDoNotAdmitEachOtherAreFoundOut() {
        both.natively();
        both.run("prove-mesh");
        both.groups(both.second())
                .forEach(g -> g.ingress().stream()
                        .filter(r -> r.description().startsWith("cnishift"))
                        .forEach(r -> both.act(new RevokeIngress(g.id(), List.of(r)), both.second())));

        assertThat(both.across().evidence()).contains("do not admit tcp/53");
    }
}
