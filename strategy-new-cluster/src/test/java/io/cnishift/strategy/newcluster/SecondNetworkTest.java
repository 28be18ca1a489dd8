package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.step.InstallOnSecond;
import io.cnishift.simulator.kit.Asked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a second cluster gets as its network, and what stands against it. */
final class SecondNetworkTest {

    private static final String ROLE = "arn:aws:iam::444455556666:role/cilium-operator";

    private final ClusterSnapshot clean = Asked.scenario("clean-cluster");

    private static ClusterSnapshot with(ClusterSnapshot snapshot, UnaryOperator<Resource> change) {
        return ClusterSnapshot.of(
                snapshot.source(),
                snapshot.takenAt(),
                snapshot.resources().map(change).toList(),
                List.of());
    }

    private static Resource fewer(Resource resource) {
        return resource instanceof Subnet s
                ? new Subnet(
                        s.id(),
                        s.name(),
                        s.availabilityZone(),
                        s.cidr(),
                        14,
                        OptionalInt.of(0),
                        s.routeTable(),
                        s.publicAddresses(),
                        s.reservations(),
                        s.tags())
                : resource;
    }

    private static Resource configured(Resource resource, Map<String, Object> configuration) {
        return resource instanceof Addon a && a.name().equals("vpc-cni")
                ? new Addon(
                        a.name(), a.version(), a.status(), configuration, Optional.empty(), false, List.of(), a.tags())
                : resource;
    }

    /** The DaemonSet as it is when somebody set these variables with kubectl. */
    private static Resource set(Resource resource, String... variables) {
        return resource instanceof Workload w && w.name().equals("aws-node")
                ? new Workload(
                        w.kind(),
                        w.namespace(),
                        w.name(),
                        w.uid(),
                        w.resourceVersion(),
                        w.generation(),
                        w.observedGeneration(),
                        w.desired(),
                        w.ready(),
                        w.updated(),
                        w.available(),
                        w.updateStrategy(),
                        w.maxSurge(),
                        w.maxUnavailable(),
                        w.paused(),
                        w.selector(),
                        w.labels(),
                        w.templateLabels(),
                        w.templateAnnotations(),
                        Tree.with(w.podSpec(), "containers", containers(w, List.of(variables))),
                        w.claimTemplates(),
                        w.scalingDropsClaims(),
                        w.eksFields(),
                        Stream.of(variables)
                                .map(v -> "spec.template.spec.containers[aws-node].env[" + v + "].value")
                                .toList(),
                        w.owner())
                : resource;
    }

    private static List<Map<String, Object>> containers(Workload workload, List<String> variables) {
        return Tree.maps(workload.podSpec(), "containers").stream()
                .map(c -> Tree.with(
                        c,
                        "env",
                        Stream.concat(
                                        Tree.maps(c, "env").stream().filter(e -> !variables.contains(e.get("name"))),
                                        variables.stream().map(v -> Map.<String, Object>of("name", v, "value", "true")))
                                .toList()))
                .toList();
    }

    private static ClusterSnapshot withoutAddon(ClusterSnapshot snapshot) {
        return ClusterSnapshot.of(
                snapshot.source(),
                snapshot.takenAt(),
                snapshot.resources()
                        .filter(r -> !(r instanceof Addon a && a.name().equals("vpc-cni")))
                        .toList(),
                List.of());
    }

    private static Map<String, String> env(ClusterSnapshot snapshot) {
        MakeAddons network = (MakeAddons) step(plan(snapshot, Map.of("network", "vpc-cni-prefix")), "make-network")
                .params();
        return Tree.strings(network.addons().get(0).configuration(), "env");
    }

    private static List<Finding> findings(ClusterSnapshot snapshot, Map<String, Object> options, String code) {
        return Asked.assess(new NewClusterStrategy(), snapshot, options).findings().stream()
                .filter(f -> f.code().equals(code))
                .toList();
    }

    private MigrationPlan plan(Map<String, Object> options) {
        return plan(clean, options);
    }

    private static MigrationPlan plan(ClusterSnapshot snapshot, Map<String, Object> options) {
        return Asked.plan(new NewClusterStrategy(), snapshot, options, Accepted.MADE, new Engine()::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
    }

    private static Step step(MigrationPlan plan, String id) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Step step) {
        return ((MakeAddons) step.params())
                .addons().stream().map(MakeAddons.Wanted::name).toList();
    }

    @Test
    void interfacesAreManagedByAnOperatorThatHasItsRoleBeforeThereAreNodes() {
        MigrationPlan plan = plan(Map.of("network", "eni", "operatorRole", ROLE));

        Map<String, Object> values =
                ((InstallOnSecond) step(plan, "make-network").params()).values();
        assertThat(Tree.text(values, "ipam", "mode")).hasValue("eni");
        assertThat(Tree.text(values, "routingMode")).hasValue("native");
        assertThat(names(step(plan, "make-proxy"))).containsExactly("eks-pod-identity-agent", "kube-proxy");
        assertThat(((MakeIdentities) step(plan, "make-identities").params()).identities())
                .contains(new PodIdentity("kube-system", "cilium-operator", ROLE));
        // its pods are made by the installation, and a pod gets the role of its account when it is made
        assertThat(plan.phases().get(1).steps().stream().map(Step::id))
                .containsSubsequence("make-cluster", "make-identities", "make-network", "make-group-workers");
        // 3 interfaces with 5 addresses each, of which the agent takes two; and two pods on the host's network
        MakeGroup group = (MakeGroup) step(plan, "make-group-workers").params();
        assertThat(group.template().orElseThrow().maxPods()).hasValue(15);
        assertThat(group.taints()).extracting(t -> t.key()).contains("node.cilium.io/agent-not-ready");
    }

    @Test
    void nobodyGuessesThatNodesMayManageInterfaces() {
        assertThat(findings(clean, Map.of("network", "eni"), "NEW-OPERATOR-ROLE-UNKNOWN"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("role/clean-cluster-vpc-cni"));
        ClusterSnapshot byNodes = with(clean, r -> configured(r, Map.of()));
        assertThat(findings(byNodes, Map.of("network", "eni"), "NEW-OPERATOR-RIGHTS"))
                .hasSize(1);
        assertThat(findings(byNodes, Map.of("network", "eni"), "NEW-OPERATOR-ROLE-UNKNOWN"))
                .isEmpty();
    }

    @Test
    void addressesOfPodsAreCountedWhereTheVpcGivesThem() {
        ClusterSnapshot full = with(clean, SecondNetworkTest::fewer);

        assertThat(findings(full, Map.of(), "NEW-NO-ROOM")).isEmpty();
        assertThat(findings(full, Map.of("network", "eni", "operatorRole", ROLE), "NEW-NO-ROOM"))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.message()).contains("addresses for themselves and their pods"));
    }

    @Test
    void blocksAreGivenFromTheFirstNodeOn() {
        MigrationPlan plan = plan(Map.of("network", "vpc-cni-prefix"));

        MakeAddons.Wanted cni =
                ((MakeAddons) step(plan, "make-network").params()).addons().get(0);
        assertThat(cni.name()).isEqualTo("vpc-cni");
        assertThat(Tree.strings(cni.configuration(), "env"))
                .containsEntry("ENABLE_PREFIX_DELEGATION", "true")
                .containsEntry("WARM_PREFIX_TARGET", "1");
        MakeGroup group = (MakeGroup) step(plan, "make-group-workers").params();
        assertThat(group.template().orElseThrow().maxPods()).hasValue(110);
        assertThat(group.taints()).isEmpty();
    }

    @Test
    void itsOtherSettingsAreThoseOfTheFirstCluster() {
        ClusterSnapshot tuned = with(
                clean,
                r -> configured(
                        r,
                        new HashMap<>(Map.of(
                                "enableNetworkPolicy",
                                "true",
                                "env",
                                Map.of("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true")))));
        MakeAddons.Wanted cni = ((MakeAddons) step(plan(tuned, Map.of("network", "vpc-cni-prefix")), "make-network")
                        .params())
                .addons()
                .get(0);

        assertThat(cni.configuration()).containsEntry("enableNetworkPolicy", "true");
        assertThat(Tree.strings(cni.configuration(), "env"))
                .containsOnlyKeys("AWS_VPC_K8S_CNI_EXTERNALSNAT", "ENABLE_PREFIX_DELEGATION", "WARM_PREFIX_TARGET");
    }

    @Test
    void whatWasSetPastTheAddonGoesAlong() {
        assertThat(env(with(clean, r -> set(r, "AWS_VPC_K8S_CNI_EXTERNALSNAT", "CLUSTER_NAME"))))
                .containsEntry("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true")
                .doesNotContainKeys("ENABLE_POD_ENI", "CLUSTER_NAME");
    }

    @Test
    void aVpcCniThatIsNoAddonBringsItsSettingsAndNotItsCluster() {
        ClusterSnapshot own = withoutAddon(with(clean, r -> set(r, "AWS_VPC_K8S_CNI_EXTERNALSNAT")));

        assertThat(env(own))
                .containsEntry("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true")
                .containsEntry("ENABLE_POD_ENI", "false")
                .doesNotContainKeys("CLUSTER_NAME", "VPC_ID");
        assertThat(findings(own, Map.of("network", "vpc-cni-prefix"), "NEW-CNI-RIGHTS"))
                .hasSize(1);
        assertThat(findings(clean, Map.of("network", "vpc-cni-prefix"), "NEW-CNI-RIGHTS"))
                .isEmpty();
    }

    @Test
    void subnetsOfPodsThatWereSetPastTheAddonAreNotMadeEither() {
        ClusterSnapshot custom = with(clean, r -> set(r, "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"));
        assertThat(findings(custom, Map.of("network", "vpc-cni-prefix"), "NEW-NOT-MADE"))
                .extracting(Finding::subject)
                .containsExactly("add-on vpc-cni");
    }

    @Test
    void blocksMustBeFreeWhileTheFirstClusterHoldsItsOwn() {
        assertThat(findings(
                        with(clean, SecondNetworkTest::fewer), Map.of("network", "vpc-cni-prefix"), "NEW-NO-BLOCKS"))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.message()).contains("has 0 free /28 blocks"));
    }

    @Test
    void subnetsOfPodsAreNotMade() {
        ClusterSnapshot custom =
                with(clean, r -> configured(r, Map.of("env", Map.of("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true"))));
        assertThat(findings(custom, Map.of("network", "vpc-cni-prefix"), "NEW-NOT-MADE"))
                .extracting(Finding::subject)
                .containsExactly("add-on vpc-cni");
    }

    @Test
    void whoAllowsNothingButTheVpcCniGetsIt() {
        assertThat(refusing(Map.of())).contains("NEW-UNSUPPORTED-CNI");
        assertThat(refusing(Map.of("network", "vpc-cni-prefix"))).doesNotContain("NEW-UNSUPPORTED-CNI");
    }

    @Test
    void ofAClusterThatIsThereItIsAskedWhatItRuns() {
        ClusterSnapshot green = Asked.scenario("clean-cluster-green");
        ClusterSnapshot vpcCni = ClusterSnapshot.of(
                green.source(),
                green.takenAt(),
                green.resources()
                        .filter(r -> r.part() != Part.RELEASES && r.part() != Part.CILIUM_NODES)
                        .filter(r -> !r.key().equals("DaemonSet/kube-system/cilium"))
                        .toList(),
                List.of());

        assertThat(beside(green)).contains("NEW-UNSUPPORTED-CNI");
        assertThat(beside(vpcCni)).doesNotContain("NEW-UNSUPPORTED-CNI");
        assertThat(Asked.assess(new NewClusterStrategy(), clean, vpcCni, Map.of())
                        .features()
                        .lost())
                .containsExactly("cluster identity: OIDC issuer, endpoint");
    }

    private List<String> beside(ClusterSnapshot second) {
        return Asked.codes(Asked.assess(new NewClusterStrategy(), clean, second, Map.of(), Constraint.UNSUPPORTED_CNI)
                .findings());
    }

    @Test
    void anOptionOfAnotherNetworkIsRefused() {
        assertThatThrownBy(() -> findings(clean, Map.of("network", "eni", "podCidr", "100.64.0.0/16"), ""))
                .hasMessageContaining("podCidr has no effect with network=eni");
        assertThatThrownBy(() -> findings(clean, Map.of("network", "vpc-cni-prefix", "ciliumVersion", "1.19.6"), ""))
                .hasMessageContaining("ciliumVersion, chart or imageRegistry has no effect");
        assertThat(findings(clean, Map.of("operatorRole", ROLE), "NEW-NOT-MADE"))
                .extracting(Finding::subject)
                .containsExactly("option operatorRole");
    }

    @Test
    void aReasonIsOneOfTheNetworkThatIsAskedFor() {
        ClusterSnapshot windows = with(
                clean, r -> r instanceof NodeGroup g ? NewClusterAssessmentTest.of(g, "WINDOWS_CORE_2022_x86_64") : r);
        assertThat(findings(windows, Map.of(), "NEW-NOT-MADE"))
                .extracting(Finding::message)
                .contains("its nodes run Windows, where there is no Cilium");
        assertThat(findings(windows, Map.of("network", "vpc-cni-prefix"), "NEW-NOT-MADE"))
                .extracting(Finding::message)
                .anyMatch(m -> m.startsWith("its nodes run Windows"))
                .noneMatch(m -> m.contains("Cilium"));
    }

    private List<String> refusing(Map<String, Object> options) {
        return Asked.codes(Asked.assess(new NewClusterStrategy(), clean, options, Constraint.UNSUPPORTED_CNI)
                .findings());
    }

    @Test
    void theRoleOfAnAddonThatIsMadeHasToTrustTheNewIssuer() {
        assertThat(findings(clean, Map.of("network", "vpc-cni-prefix"), "NEW-TRUST"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("add-on vpc-cni (clean-cluster-vpc-cni)"));
        assertThat(findings(clean, Map.of(), "NEW-TRUST")).isEmpty();
    }

    @Test
    void anAssociationWithATargetRoleHasAnotherExternalIdThere() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        PodIdentity orders =
                new PodIdentity("web", "orders", "arn:aws:iam::1:role/a", Optional.of("arn:aws:iam::2:role/b"), false);
        ClusterSnapshot with = ClusterSnapshot.of(
                clean.source(),
                clean.takenAt(),
                Stream.concat(clean.resources(), Stream.of(orders)).toList(),
                List.of());

        assertThat(Asked.assess(new NewClusterStrategy(), with, Map.of()).findings())
                .filteredOn(f -> f.code().equals("NEW-TARGET-ROLE"))
                .singleElement()
                .satisfies(f -> assertThat(f.subject()).isEqualTo("service account web/orders"));
    }
}
