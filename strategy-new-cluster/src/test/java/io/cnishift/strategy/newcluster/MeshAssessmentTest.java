package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.port.Progress;
import io.cnishift.cilium.Values;
import io.cnishift.simulator.kit.Asked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands against one mesh of two clusters. */
final class MeshAssessmentTest {

    private static List<Finding> findings(ClusterSnapshot first, Map<String, Object> options) {
        return Asked.assess(new NewClusterStrategy(), first, options).findings().stream()
                .filter(f -> f.code().startsWith("NEW-MESH"))
                .toList();
    }

    private static List<String> codes(ClusterSnapshot first, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(Meshed.OPTIONS);
        options.putAll(more);
        return Asked.codes(findings(first, options));
    }

    private static ClusterSnapshot without(Predicate<Resource> which) {
        ClusterSnapshot first = Meshed.first();
        return Meshed.of(first, first.resources().filter(which.negate()).toList());
    }

    private static ClusterSnapshot labelled(String namespace, String policy, String migration) {
        ClusterSnapshot first = Meshed.first();
        NetworkPolicy more = KubeProjection.networkPolicy(Map.of(
                "metadata",
                Map.of("namespace", namespace, "name", policy, "labels", Map.of(Progress.TAG, migration)),
                "spec",
                Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress"))));
        return Meshed.of(
                first, Stream.concat(first.resources(), Stream.of(more)).toList());
    }

    private static ClusterSnapshot beside(String namespace, String policy) {
        ClusterSnapshot first = Meshed.first();
        NetworkPolicy more = new NetworkPolicy(namespace, policy, Map.of(), List.of(), true, false);
        return Meshed.of(
                first, Stream.concat(first.resources(), Stream.of(more)).toList());
    }

    private static Values pods(Values values, String range) {
        return values.with("ipam.operator.clusterPoolIPv4PodCIDRList", List.of(range));
    }

    @Test
    void nothingStandsAgainstTwoOverlays() {
        assertThat(codes(Meshed.first(), Map.of())).isEmpty();
    }

    @Test
    void whatIsNotAskedForIsNotJudged() {
        assertThat(findings(Asked.scenario("clean-cluster"), Map.of())).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("NEW-MESH-NO-CILIUM", Asked.scenario("clean-cluster"), Map.of()),
                Arguments.of("NEW-MESH-NO-CILIUM", Meshed.first(), Map.of("network", "vpc-cni-prefix")),
                Arguments.of("NEW-MESH-RELEASE", without(MeshAssessmentTest::release), Map.of()),
                Arguments.of("NEW-MESH-NAME", Meshed.with(v -> v.with("cluster.id", 0)), Map.of()),
                Arguments.of("NEW-MESH-NAME", Meshed.with(v -> v.without("cluster.name")), Map.of()),
                Arguments.of("NEW-MESH-NAME", Meshed.first(), Map.of("name", "blue")),
                Arguments.of("NEW-MESH-NAME", Meshed.first(), Map.of("name", "Green_1")),
                Arguments.of("NEW-MESH-DATAPATH", Meshed.with(v -> v.with("tunnelProtocol", "geneve")), Map.of()),
                Arguments.of("NEW-MESH-DATAPATH", Meshed.first(), Map.of("network", "eni")),
                Arguments.of(
                        "NEW-MESH-DATAPATH",
                        Meshed.with(v -> v.with("encryption.enabled", true).with("encryption.type", "wireguard")),
                        Map.of()),
                Arguments.of("NEW-MESH-RELEASE", Meshed.with(v -> v.with("tls.secretsBackend", "(hidden)")), Map.of()),
                Arguments.of(
                        "NEW-MESH-BALANCER",
                        Meshed.with(v -> v.with("clustermesh.useAPIServer", true)
                                .with("clustermesh.apiserver.service.type", "LoadBalancer")),
                        Map.of()),
                Arguments.of(
                        "NEW-MESH-NATIVE",
                        Meshed.with(v -> eni(v).with("enableIPv4Masquerade", true)
                                .with("ipv4NativeRoutingCIDR", "172.31.0.0/20")),
                        Map.of("network", "eni")),
                Arguments.of(
                        "NEW-MESH-NATIVE",
                        Meshed.with(v -> v.with("routingMode", "native").with("enableIPv4Masquerade", false)),
                        Map.of("network", "eni")),
                Arguments.of(
                        "NEW-MESH-NAME", Meshed.with(v -> eni(v).with("cluster.id", 130)), Map.of("network", "eni")),
                Arguments.of("NEW-MESH-PODS", Meshed.with(v -> pods(v, "10.246.128.0/17")), Map.of()),
                Arguments.of("NEW-MESH-PODS", Meshed.first(), Map.of("podCidr", "10.245.0.0/18")),
                Arguments.of(
                        "NEW-MESH-SERVICES",
                        Meshed.with(v -> pods(v, "10.96.0.0/12")),
                        Map.of("podCidr", "172.20.0.0/16")),
                Arguments.of("NEW-MESH-VERSION", of(Meshed.first(), "1.20.0"), Map.of("ciliumVersion", "1.18")),
                Arguments.of("NEW-MESH-VERSION", of(Meshed.first(), "1.16.1"), Map.of()),
                Arguments.of(
                        "NEW-MESH-MEMBER",
                        Meshed.with(v -> v.with("clustermesh.config.enabled", true)
                                .with("clustermesh.config.clusters", List.of(Map.of("name", "red")))),
                        Map.of()),
                Arguments.of("NEW-MESH-BALANCER", without(MeshAssessmentTest::controller), Map.of()),
                Arguments.of("NEW-MESH-POLICY-TAKEN", beside("shop", "cnishift-mesh-web"), Map.of()),
                Arguments.of("NEW-MESH-POLICY-TAKEN", labelled("shop", "cnishift-mesh-web", "an-older-one"), Map.of()),
                Arguments.of("NEW-MESH-PROOF", beside("kube-system", "deny-by-default"), Map.of()),
                Arguments.of(
                        "NEW-MESH-AUTHORITY", Meshed.with(v -> v.with("hubble.tls.auto.method", "cronJob")), Map.of()),
                Arguments.of(
                        "NEW-MESH-AUTHORITY", without(r -> r.key().equals("Secret/kube-system/cilium-ca")), Map.of()));
    }

    static Stream<Arguments> natively() {
        return Stream.of(
                Arguments.of(Meshed.with(MeshAssessmentTest::eni)),
                Arguments.of(Meshed.with(
                        v -> eni(v).with("enableIPv4Masquerade", true).with("ipv4NativeRoutingCIDR", "172.16.0.0/12"))),
                Arguments.of(Meshed.with(v -> v.with("routingMode", "native")
                        .with("cni.chainingMode", "aws-cni")
                        .with("enableIPv4Masquerade", false))));
    }

    @ParameterizedTest
    @MethodSource("natively")
    void nothingStandsAgainstTwoWithoutATunnel(ClusterSnapshot first) {
        assertThat(findings(first, Meshed.NATIVE)).isEmpty();
    }

    private static Values eni(Values values) {
        return values.with("routingMode", "native")
                .with("ipam.mode", "eni")
                .with("eni.enabled", true)
                .with("enableIPv4Masquerade", false);
    }

    private static boolean release(Resource resource) {
        return resource instanceof Release r && r.name().equals("cilium");
    }

    private static boolean controller(Resource resource) {
        return resource instanceof Workload w && OneClusters.makesBalancers(w);
    }

    private static ClusterSnapshot of(ClusterSnapshot snapshot, String version) {
        return Meshed.of(
                snapshot,
                snapshot.resources()
                        .map(r -> r instanceof Release cilium && release(r)
                                ? new Release(
                                        cilium.namespace(),
                                        cilium.name(),
                                        cilium.chart(),
                                        version,
                                        cilium.status(),
                                        cilium.revision(),
                                        cilium.values())
                                : r)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedWithItsReason(String code, ClusterSnapshot first, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(Meshed.OPTIONS);
        options.putAll(more);
        if (options.get("network") != null) {
            options.remove("podCidr");
        }

        assertThat(findings(first, options))
                .filteredOn(f -> f.code().equals(code))
                .isNotEmpty()
                .allSatisfy(f -> {
                    assertThat(f.severity()).isEqualTo(Severity.BLOCKER);
                    assertThat(f.message()).isNotBlank();
                    assertThat(f.remedy()).startsWith("leave mesh out");
                });
    }

    @Test
    void meshesOfOtherSizesAreNotJoined() {
        ClusterSnapshot second = Meshed.with(v -> v.with("clustermesh.maxConnectedClusters", 511));

        assertThat(Asked.codes(Asked.assess(
                                new NewClusterStrategy(),
                                Meshed.first(),
                                second,
                                Map.of("to", "sim:green", "mesh", "true"))
                        .findings()))
                .contains("NEW-MESH-SIZE");
        assertThat(codes(second, Map.of())).doesNotContain("NEW-MESH-SIZE");
    }

    @Test
    void aSecondClusterThatExistsIsJudgedTheSameWay() {
        assertThat(Asked.codes(Asked.assess(
                                new NewClusterStrategy(),
                                Meshed.first(),
                                Asked.scenario("stateful-green-second"),
                                Map.of("to", "sim:stateful-green-second", "mesh", "true"))
                        .findings()))
                .contains("NEW-MESH-NAME", "NEW-MESH-PODS", "NEW-MESH-TRUST");
    }

    @Test
    void oneThatExistsAndIsAlikeIsJoinedByTheSameStepsButKeepsItsAuthority() {
        Map<String, Object> options = Map.of("to", "sim:red", "mesh", "true");

        assertThat(Asked.assess(new NewClusterStrategy(), Meshed.first(), Meshed.second(), options)
                        .findings())
                .filteredOn(f -> f.code().startsWith("NEW-MESH"))
                .extracting(Finding::code)
                .containsExactly("NEW-MESH-TRUST");
        MigrationPlan plan = Asked.plan(
                        new NewClusterStrategy(),
                        Meshed.first(),
                        Meshed.second(),
                        options,
                        Accepted.MESH_TRUST,
                        new Engine()::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        assertThat(plan.phases().stream().flatMap(p -> p.steps().stream()).map(MigrationPlan.Step::id))
                .containsSubsequence("open-nodes", "join-mesh", "prove-mesh", "admit-peers", "leave-mesh")
                .doesNotContain("carry-authority");
    }

    @Test
    void loadBalancersOfTheMeshTakeAddresses() {
        int with = peak(Meshed.OPTIONS);
        int without = peak(Map.of("name", "green", "podCidr", "10.246.0.0/16"));

        assertThat(with).isEqualTo(without + 2);
    }

    private static int peak(Map<String, Object> options) {
        return Asked.assess(new NewClusterStrategy(), Meshed.first(), options).ipBudget().stream()
                .mapToInt(b -> b.peakDuring())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsNotReadIsNotGuessed() {
        ClusterSnapshot first = Meshed.first();
        ClusterSnapshot unread = ClusterSnapshot.of(
                first.source(),
                first.takenAt(),
                first.resources().toList(),
                List.of(new Unknown(Part.RELEASES, "", "denied", "allow it")));

        assertThat(Asked.codes(Asked.assess(new NewClusterStrategy(), unread, Meshed.OPTIONS)
                        .findings()))
                .contains("NEW-UNKNOWN");
        assertThat(Asked.codes(Asked.assess(new NewClusterStrategy(), unread, Map.of("name", "green"))
                        .findings()))
                .doesNotContain("NEW-UNKNOWN");
    }

    @Test
    void policiesOfCiliumsOwnHaveToBeSeenTo() {
        List<Resource> more = new ArrayList<>(Meshed.first().resources().toList());
        more.add(new NamedObject("cilium.io/v2", "CiliumNetworkPolicy", "shop", "api", "uid-api", "", false));

        assertThat(findings(Meshed.of(Meshed.first(), more), Meshed.OPTIONS))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.code()).isEqualTo("NEW-MESH-POLICY");
                    assertThat(f.severity()).isEqualTo(Severity.CONSENT);
                    assertThat(f.message()).contains("CiliumNetworkPolicy/shop/api");
                });
    }

    @Test
    void theSecondClusterGetsANumberAndServicesOfItsOwn() {
        MigrationPlan plan = Asked.plan(
                        new NewClusterStrategy(), Meshed.first(), Meshed.OPTIONS, Accepted.MADE, new Engine()::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        List<MigrationPlan.Step> steps =
                plan.phases().stream().flatMap(p -> p.steps().stream()).toList();

        assertThat(steps.stream().map(MigrationPlan.Step::params))
                .filteredOn(MakeCluster.class::isInstance)
                .singleElement()
                .satisfies(p -> assertThat(((MakeCluster) p).services().map(Object::toString))
                        .contains("10.100.0.0/16"));
        assertThat(steps.stream().map(MigrationPlan.Step::params))
                .filteredOn(JoinMesh.class::isInstance)
                .singleElement()
                .satisfies(p -> {
                    Values second = Values.of(((JoinMesh) p).second().alone());
                    assertThat(second.text("cluster.name")).contains("green");
                    assertThat(second.text("cluster.id")).contains("2");
                    assertThat(second.get("clustermesh.useAPIServer")).isEmpty();
                });
        assertThat(steps.stream().map(MigrationPlan.Step::id))
                .containsSubsequence(
                        "carry-authority",
                        "make-network",
                        "make-controller",
                        "copy-policies",
                        "open-nodes",
                        "join-mesh",
                        "prove-mesh",
                        "admit-peers",
                        "prove-second",
                        "keep-both",
                        "drop-peers",
                        "leave-mesh",
                        "close-nodes",
                        "empty-first");
    }
}
