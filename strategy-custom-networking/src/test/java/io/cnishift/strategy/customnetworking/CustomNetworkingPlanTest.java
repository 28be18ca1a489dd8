package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.EniConfig;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.NetworkAcl.Rule;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.step.AwaitAddresses;
import io.cnishift.api.step.MakeEniConfig;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.RunProbes;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.api.step.SetVpcCniMode;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CustomNetworkingPlanTest {

    /** That of the scenario's cluster. */
    private static final String GROUP =
            Asked.scenario("minnie-wallace").cluster().clusterSecurityGroup();

    private static final List<Consent> ALL = Stream.of("VCN-EMPTYDIR-DATA", "VCN-TARGETS-END", "VCN-UNDRAINABLE")
            .map(code -> new Consent(code, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
            .toList();

    private static PlanResult plan(ClusterSnapshot cluster, Map<String, Object> options) {
        return Asked.plan(
                new CustomNetworkingStrategy(),
                cluster,
                options,
                new Intent(Optional.empty(), List.of(), ALL),
                kind -> BuiltInSteps.all(BuiltInProbes.all()).stream()
                        .filter(k -> k.id().equals(kind))
                        .findFirst());
    }

    private static MigrationPlan planned(ClusterSnapshot cluster, Map<String, Object> options) {
        return plan(cluster, options).fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings());
        });
    }

    private static List<String> stopping(ClusterSnapshot cluster, Map<String, Object> options) {
        return findings(cluster, options).stream()
                .filter(Finding::stops)
                .map(Finding::code)
                .toList();
    }

    private static List<Finding> findings(ClusterSnapshot cluster, Map<String, Object> options) {
        return plan(cluster, options).fold(PlanResult.Planned::findings, PlanResult.Refused::findings);
    }

    private static <P extends Record> List<P> steps(MigrationPlan plan, Class<P> params) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .map(Step::params)
                .filter(params::isInstance)
                .map(params::cast)
                .toList();
    }

    @Test
    void everyZoneHasItsEniConfigBeforeTheModeAndTheModeComesBeforeTheNodes() {
        MigrationPlan plan = planned(Asked.scenario("minnie-wallace"), Map.of("securityGroups", List.of(GROUP)));

        assertThat(plan.phases())
                .extracting(Phase::id)
                .containsExactly(
                        "preflight",
                        "block",
                        "subnets",
                        "eni-configs",
                        "park",
                        "vpc-cni-mode",
                        "roll",
                        "prove",
                        "cleanup");
        assertThat(steps(plan, MakeEniConfig.class))
                .containsExactly(
                        config("ap-south-1a", "100.64.0.0/18"),
                        config("ap-south-1b", "100.64.64.0/18"),
                        config("ap-south-1c", "100.64.128.0/18"));
        assertThat(steps(plan, SetVpcCniMode.class))
                .containsExactly(new SetVpcCniMode(Map.of(
                        "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG",
                        "true",
                        "ENI_CONFIG_LABEL_DEF",
                        "topology.kubernetes.io/zone")));
        RollNodes roll = steps(plan, RollNodes.class).get(0);
        assertThat(roll.maxPods()).isEqualTo(12);
        assertThat(roll.podCidr()).contains(Cidr.parse("100.64.0.0/16"));
    }

    private static MakeEniConfig config(String zone, String cidr) {
        return new MakeEniConfig(zone, Cidr.parse(cidr), List.of(GROUP));
    }

    @Test
    void promisesTheNodeSubnetsTheirAddressesBackLessWhatOthersMayTake() {
        // left out: 6 for the control plane, 8 for a balancer, 10 of an interface of m5.large
        ClusterSnapshot cluster = Clusters.with().nodes(6).build();
        Map<String, Integer> after = Asked.assess(new CustomNetworkingStrategy(), cluster).ipBudget().stream()
                .collect(Collectors.toMap(SubnetBudget::subnet, b -> b.usable() - b.usedAfter()));

        List<AwaitAddresses> relief = steps(planned(cluster, Map.of()), AwaitAddresses.class);
        assertThat(relief).hasSize(1);
        assertThat(relief.get(0).freeAddresses())
                .hasSize(2)
                .allSatisfy((id, free) -> assertThat(free).isEqualTo(after.get(id) - 24));
    }

    @Test
    void promisesNothingToSubnetsThatGainNoMoreThanOthersMayTake() {
        // 4 nodes of t3.medium in 3 subnets: that with two of them gains enough
        assertThat(steps(planned(Asked.scenario("minnie-wallace"), Map.of()), AwaitAddresses.class))
                .extracting(AwaitAddresses::freeAddresses)
                .singleElement()
                .satisfies(free -> assertThat(free).hasSize(1));
    }

    @Test
    void withPrefixesTheNodesAdmitMoreAndHaveToHoldBlocks() {
        MigrationPlan plan = planned(Asked.scenario("minnie-wallace"), Map.of("prefixes", true));

        assertThat(steps(plan, SetVpcCniMode.class).get(0).env()).containsEntry("ENABLE_PREFIX_DELEGATION", "true");
        assertThat(steps(plan, RollNodes.class).get(0).maxPods()).isEqualTo(110);
        assertThat(steps(plan, RunProbes.class))
                .anySatisfy(p -> assertThat(p.probes()).contains("PREFIXES-HELD", "POD-SUBNETS"));
    }

    @Test
    void whereBlocksAreDelegatedAlreadyNewNodesGetThemWithoutTheOption() {
        ClusterSnapshot blocks =
                Clusters.with().env("ENABLE_PREFIX_DELEGATION", "true").build();
        MigrationPlan plan = planned(blocks, Map.of());

        assertThat(steps(plan, SetVpcCniMode.class).get(0).env()).doesNotContainKey("ENABLE_PREFIX_DELEGATION");
        assertThat(steps(plan, RollNodes.class).get(0).maxPods()).isEqualTo(110);
        assertThat(steps(plan, RunProbes.class))
                .anySatisfy(p -> assertThat(p.probes()).contains("PREFIXES-HELD", "POD-SUBNETS"));
    }

    @Test
    void leavesTheTargetOfSpareBlocksThatIsSet() {
        Clusters two = Clusters.with().env("WARM_PREFIX_TARGET", "2");
        assertThat(steps(planned(two.build(), Map.of("prefixes", true)), SetVpcCniMode.class)
                        .get(0)
                        .env())
                .containsKey("ENABLE_PREFIX_DELEGATION")
                .doesNotContainKey("WARM_PREFIX_TARGET");
    }

    @Test
    void lowersWarmTargetsForTheWhileWhereTheFirstInterfacesAddressesAreMissed() {
        MigrationPlan plan = planned(Asked.scenario("govcloud-26"), Map.of());

        assertThat(steps(plan, SetVpcCniEnv.class))
                .extracting(SetVpcCniEnv::env)
                .containsExactly(
                        Map.of("WARM_IP_TARGET", "1", "MINIMUM_IP_TARGET", ""),
                        Map.of("WARM_IP_TARGET", "2", "MINIMUM_IP_TARGET", "10"));
        assertThat(stopping(Asked.scenario("govcloud-26-stuck"), Map.of())).contains("VCN-NO-ADDRESSES");
    }

    @Test
    void refusesWhatWouldLeadNodesToAnotherEniConfig() {
        ClusterSnapshot healthy = Clusters.healthy();
        assertThat(stopping(healthy, Map.of())).isEmpty();
        assertThat(stopping(with(healthy, new EniConfig("eu-west-1a", "subnet-1", List.of())), Map.of()))
                .containsExactly("VCN-ENI-CONFIG-EXISTS");
        assertThat(stopping(
                        Clusters.with()
                                .env("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true")
                                .build(),
                        Map.of()))
                .contains("VCN-NOTHING-TO-SET");
    }

    @Test
    void asksAboutNetworkAclsThatShutPorts() {
        ClusterSnapshot healthy = Clusters.healthy();
        Rule allOut = new Rule(100, true, true, "-1", -1, -1, "0.0.0.0/0");
        Rule allIn = new Rule(100, false, true, "-1", -1, -1, "0.0.0.0/0");
        Rule nodesIn = new Rule(100, false, true, "-1", -1, -1, "10.0.0.0/16");
        NetworkAcl open = new NetworkAcl("acl-open", true, List.of(), List.of(allOut, allIn));
        List<String> nodeSubnets = healthy.subnets().stream().map(s -> s.id()).toList();
        NetworkAcl ofNodes = new NetworkAcl("acl-nodes", false, nodeSubnets, List.of(allOut, nodesIn));

        assertThat(findings(with(healthy, open), Map.of()))
                .extracting(Finding::code)
                .doesNotContain("VCN-NETWORK-ACL", "VCN-NETWORK-ACL-CLOSED");
        assertThat(messages(
                        with(healthy, new NetworkAcl("acl-1", true, List.of(), List.of(allOut, nodesIn))), Map.of()))
                .containsExactly(
                        "it is that of the pod subnets and does not admit tcp/443 from 100.64.0.0/16 and 4 more");
        assertThat(messages(with(with(healthy, open), ofNodes), Map.of()))
                .singleElement()
                .asString()
                .startsWith("it is that of nodes or the control plane and does not admit tcp/443 from 100.64.0.0/16");
        assertThat(findings(
                        with(with(healthy, open), new NetworkAcl("acl-2", false, nodeSubnets, List.of(allOut, allIn))),
                        Map.of()))
                .extracting(Finding::code)
                .contains("VCN-NETWORK-ACL")
                .doesNotContain("VCN-NETWORK-ACL-CLOSED");
    }

    @Test
    void warnsWhereKarpenterCountsTheFirstInterfaceForPods() {
        Map<String, Object> none = Map.of("name", "RESERVED_ENIS", "value", "0");
        Map<String, Object> one = Map.of("name", "RESERVED_ENIS", "value", "1");
        Map<String, Object> other = Map.of("name", "CLUSTER_NAME", "value", "x");

        for (Map<String, Object> env : List.of(none, other)) {
            assertThat(findings(with(Clusters.healthy(), karpenter(env, List.of())), Map.of()))
                    .extracting(Finding::code)
                    .contains("VCN-RESERVED-ENIS");
        }
        assertThat(findings(with(Clusters.healthy(), karpenter(one, List.of())), Map.of()))
                .extracting(Finding::code)
                .doesNotContain("VCN-RESERVED-ENIS");
        assertThat(findings(with(Clusters.healthy(), karpenter(other, List.of("--reserved-enis=1"))), Map.of()))
                .extracting(Finding::code)
                .doesNotContain("VCN-RESERVED-ENIS");
    }

    private static Workload karpenter(Map<String, Object> variable, List<String> args) {
        Map<String, Object> controller = Map.of("name", "controller", "env", List.of(variable), "args", args);
        return KubeProjection.workload(Map.of(
                "kind",
                "Deployment",
                "metadata",
                Map.of("namespace", "kube-system", "name", "karpenter"),
                "spec",
                Map.of("template", Map.of("spec", Map.of("containers", List.of(controller))))));
    }

    @Test
    void refusesWherePodsNoLongerFitOnTheNodesByTheirNumber() {
        // m5.large: 29 pods now, 20 with custom networking
        ClusterSnapshot full = Clusters.with().webReplicas(60).build();

        assertThat(messages(full, Map.of())).anyMatch(m -> m.contains("new nodes admit fewer pods than there are"));
        assertThat(messages(full, Map.of("prefixes", true))).noneMatch(m -> m.contains("fewer pods than there are"));
    }

    @Test
    void refusesMorePodsThanTheInterfacesCarry() {
        ClusterSnapshot healthy = Clusters.healthy();

        assertThat(stopping(healthy, Map.of("maxPods", 20))).isEmpty();
        assertThat(messages(healthy, Map.of("maxPods", 21)))
                .containsExactly("its new nodes would admit 21 pods, and the interfaces of m5.large carry 20");
        assertThat(stopping(healthy, Map.of("maxPods", 110, "prefixes", true))).isEmpty();
    }

    private static List<String> messages(ClusterSnapshot cluster, Map<String, Object> options) {
        return findings(cluster, options).stream()
                .filter(Finding::stops)
                .map(Finding::message)
                .toList();
    }

    @Test
    void leavesTranslationToTheNetworkOnlyWhereThatHasAWayOut() {
        Map<String, Object> external = Map.of("snat", "external");
        assertThat(steps(planned(Clusters.healthy(), external), SetVpcCniMode.class)
                        .get(0)
                        .env())
                .containsEntry("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true");
        assertThat(stopping(Clusters.with().publicSubnets().build(), external)).contains("VCN-NO-NAT");
        assertThat(findings(Clusters.healthy(), Map.of()))
                .extracting(Finding::code)
                .contains("VCN-SNAT");
    }

    private static ClusterSnapshot with(ClusterSnapshot cluster, Resource more) {
        return ClusterSnapshot.of(
                cluster.source(),
                cluster.takenAt(),
                Stream.concat(cluster.resources(), Stream.of(more)).toList(),
                List.of());
    }
}
