package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.MakeTemplateVersion;
import io.cnishift.api.step.RollNodes;
import io.cnishift.cilium.EniPool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EniStrategyTest {

    private static final String NODES = "subnet-0ec9b9d4ba91199ee";

    @Test
    void plansInTheOrderOfTheOverlayWithoutWhatItNeedsForItsAddresses() {
        MigrationPlan plan = planned(Clusters.minnieWallace());
        assertThat(plan.strategy()).isEqualTo("eni");
        assertThat(plan.phases())
                .extracting(MigrationPlan.Phase::id)
                .containsExactly(
                        "preflight", "fence", "install", "roll", "system-pods", "remove-vpc-cni", "steady", "cleanup");
        RollNodes roll = (RollNodes) step(plan, "roll-workers").params();
        assertThat(roll.to()).isEqualTo("workers-eni");
        assertThat(roll.podCidr()).isEmpty();
        assertThat(roll.apart()).isFalse();
        assertThat(roll.maxPods()).isEqualTo(15);
        MakeTemplateVersion template =
                (MakeTemplateVersion) step(plan, "template-workers").params();
        assertThat(template.maxPods()).hasValue(15);
        assertThat(template.hopLimit())
                .as("pods are as far from the metadata service as before")
                .isEmpty();
    }

    @Test
    void givesTheOperatorTheRoleOfTheVpcCniAndKeepsAgentsOffItsNodes() {
        Map<String, Object> values = ((InstallRelease)
                        step(planned(Clusters.clean()), "install-cilium").params())
                .values();
        assertThat(Tree.text(values, "eni", "iamRole"))
                .hasValue("arn:aws:iam::444455556666:role/clean-cluster-vpc-cni");
        assertThat(Tree.text(values, "ipam", "mode")).hasValue("eni");
        assertThat(Tree.flag(values, "eni", "enabled")).isTrue();
        assertThat(Tree.map(values, "affinity").toString()).contains("io.cilium/aws-node-enabled", "NotIn");
        assertThat(Tree.flag(values, "enableIPv4Masquerade"))
                .as("a NAT gateway does it")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "clean, '', ENI-OPERATOR-RIGHTS, role/clean-cluster-vpc-cni",
        "clean, arn:aws:iam::444455556666:role/cilium, ENI-OPERATOR-ROLE, role/cilium",
        "no role, '', ENI-OPERATOR-RIGHTS, role of its node",
        "pod identity, '', ENI-OPERATOR-ROLE-UNKNOWN, by Pod Identity",
        "association, '', ENI-OPERATOR-ROLE, role/operator",
    })
    void saysWithWhoseRightsTheOperatorActs(String cluster, String option, String code, String words) {
        Clusters base = switch (cluster) {
            case "no role" -> Clusters.clean().change("addons", "name", "vpc-cni", a -> a.remove("serviceAccountRole"));
            case "pod identity" -> associated("aws-node", "vpc-cni");
            case "association" -> associated("cilium-operator", "operator");
            default -> Clusters.clean();
        };
        Clusters asked = option.isEmpty() ? base : base.option("operatorRole", option);
        assertThat(asked.assess(new EniStrategy()).findings())
                .filteredOn(f -> f.code().startsWith("ENI-OPERATOR"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.code()).isEqualTo(code);
                    assertThat(f.message()).contains(words);
                    assertThat(f.remedy()).contains("DescribeSecurityGroups");
                });
    }

    private static Clusters associated(String account, String role) {
        return Clusters.clean()
                .change("addons", "name", "vpc-cni", a -> a.remove("serviceAccountRole"))
                .add(
                        "podIdentities",
                        "namespace: kube-system\nserviceAccount: " + account + "\nrole: arn:aws:iam::444455556666:role/"
                                + role + "\n");
    }

    @Test
    void wantsAConsentForTheRightsOfTheOperator() {
        assertThat(refusal(Clusters.clean().acceptNothing())).contains("ENI-OPERATOR-RIGHTS");
        assertThat(refusal(Clusters.minnieWallace().acceptNothing()))
                .contains("ENI-OPERATOR-RIGHTS", "ENI-TARGETS-END");
    }

    @Test
    void refusesASubnetThatIsTooSmallWithOneFindingOfNumbers() {
        List<Finding> stops = Clusters.govcloud()
                .plan(new EniStrategy())
                .fold(PlanResult.Planned::findings, PlanResult.Refused::findings)
                .stream()
                .filter(Finding::stops)
                .filter(f -> f.severity() == Severity.BLOCKER)
                .toList();
        assertThat(stops).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo("ENI-NO-ADDRESSES");
            assertThat(f.message()).contains(NODES + " would hold 74 addresses").contains("has 59");
        });
    }

    @Test
    void masqueradesWhereNodesAreInPublicSubnets() {
        Clusters open = Clusters.clean()
                .changeAll("subnets", s -> s.put("publicAddresses", true))
                .edit(tree -> Tree.maps(tree, "routeTables")
                        .forEach(t -> Tree.maps(t, "routes").stream()
                                .filter(r -> "0.0.0.0/0".equals(r.get("destination")))
                                .forEach(r -> r.put("target", "igw-1"))));
        Map<String, Object> values =
                ((InstallRelease) step(planned(open), "install-cilium").params()).values();
        assertThat(Tree.flag(values, "enableIPv4Masquerade")).isTrue();
        assertThat(Tree.text(values, "egressMasqueradeInterfaces")).hasValue("ens+");
        assertThat(codes(open)).contains("ENI-MASQUERADE").doesNotContain("ENI-SOURCE-ADDRESS");
        assertThat(codes(Clusters.clean())).doesNotContain("ENI-MASQUERADE");
    }

    @Test
    void refusesMorePodsThanInterfacesCarry() {
        assertThat(refusal(Clusters.clean().option("maxPods", 16))).contains("ENI-MORE-PODS-THAN-PLACES");
        assertThat(refusal(Clusters.clean().option("maxPods", 15))).isEmpty();
    }

    @Test
    void takesAsManyNewNodesAtATimeAsTheSubnetsFeed() {
        assertThat(planned(Clusters.clean()).phases()).isNotEmpty();
        Clusters tight = Clusters.clean().changeAll("subnets", s -> s.put("freeAddresses", 12));
        assertThat(tight.assess(new EniStrategy()).findings())
                .filteredOn(f -> f.code().equals("OVL-SURGE-LIMITED"))
                .as("a new node takes more than twelve")
                .isNotEmpty();
    }

    @Test
    void leavesPodsWithSecurityGroupsOfTheirOwnOrRefuses() {
        Clusters grouped =
                Clusters.clean().add("securityGroupPolicies", "namespace: shop\nname: a\nsecurityGroups: [sg-1]\n");
        assertThat(refusal(grouped)).contains("OVL-SECURITY-GROUPS-FOR-PODS");
        assertThat(codes(grouped.option("securityGroupsForPods", "leave"))).contains("OVL-HYBRID-END");
        assertThat(codes(grouped.option("securityGroupsForPods", "drop"))).contains("OVL-SECURITY-GROUPS-LOST");
    }

    @ParameterizedTest
    @CsvSource({
        // type, pods admitted with single addresses, with blocks of 16
        "t3.medium, 15, 110", // 3 x 5 slots
        "m5.large, 27, 110", // 3 x 9 slots
        "m5.xlarge, 56, 110",
        "m5.12xlarge, 232, 250",
        "i3.large, 27, 27", // no blocks on Xen
    })
    void countsSlotsWithoutThoseThatCiliumKeeps(String type, int single, int blocks) {
        InstanceLimits limits = InstanceTable.embedded().find(type).orElseThrow();
        assertThat(EniPool.maxPods(limits, false)).isEqualTo(single);
        assertThat(EniPool.maxPods(limits, true)).isEqualTo(blocks);
    }

    @Test
    void countsWhatANodeHolds() {
        InstanceLimits large = InstanceTable.embedded().find("m5.large").orElseThrow();
        assertThat(EniPool.held(large, 0, false)).isEqualTo(10 + 2); // 8 ready, 2 own, two interfaces of 9
        assertThat(EniPool.held(large, 12, false)).isEqualTo(22 + 3);
        assertThat(EniPool.held(large, 40, false))
                .as("never more than the slots")
                .isEqualTo(27 + 3);
        assertThat(EniPool.held(large, 12, true)).isEqualTo(32 + 1);
        assertThat(EniPool.prefixes(large, 12, true)).isEqualTo(2);
        assertThat(EniPool.prefixes(large, 12, false)).isZero();
    }

    @Test
    void doesNotFitASubnetOf59() {
        Assessment assessment = Clusters.govcloud().assess(new EniStrategy());
        assertThat(assessment.feasible()).isFalse();
        SubnetBudget nodes = budget(assessment, NODES);
        assertThat(nodes.usedAfter())
                .as("two nodes of the new side, and one that stays with its database")
                .isEqualTo(8 + 2 * (22 + 3) + 16);
        // 59 less 8 of others and 3 x 3 that nodes take empty: 21 on first interfaces, then two more of 9 at 10 each.
        assertThat(assessment.capacity().clusterMaxPods()).isEqualTo(9 + 21 + 18);
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("ENI-NO-ADDRESSES"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("74 addresses").contains("59"));
    }

    @Test
    void fitsALargeSubnet() {
        Assessment assessment = Clusters.minnieWallace().assess(new EniStrategy());
        assertThat(assessment.feasible()).isTrue();
        assertThat(assessment.capacity().maxPodsPerNode()).containsEntry("t3.medium", 15);
        assertThat(assessment.capacity().clusterMaxPods()).isEqualTo(60);
        assertThat(assessment.disruption().nodesReplaced()).isEqualTo(4);
        assertThat(assessment.disruption().controllersRestarted())
                .as("webhooks keep VPC addresses")
                .isZero();
    }

    @Test
    void needsWholeBlocksForPrefixes() {
        Clusters fragmented = Clusters.minnieWallace()
                .changeAll("subnets", s -> s.put("freePrefixBlocks", 1))
                .option("prefixDelegation", true);
        assertThat(codes(fragmented)).contains("ENI-NO-PREFIXES");
        assertThat(codes(Clusters.minnieWallace().option("prefixDelegation", true)))
                .doesNotContain("ENI-NO-PREFIXES");
    }

    @Test
    void sharesWhatRulesOutEveryOtherCni() {
        Assessment auto = Clusters.clean().cluster(c -> c.put("autoMode", true)).assess(new EniStrategy());
        assertThat(auto.feasible()).isFalse();
        assertThat(auto.findings())
                .filteredOn(f -> f.code().equals("OVL-AUTO-MODE"))
                .singleElement()
                .satisfies(f -> assertThat(f.strategies()).containsExactly("eni"));
        assertThat(codes(Clusters.clean().forbid(Constraint.UNSUPPORTED_CNI))).contains("OVL-FORBIDDEN");
        assertThat(codes(Clusters.clean()
                        .add("securityGroupPolicies", "namespace: shop\nname: a\nsecurityGroups: [sg-1]\n")
                        .forbid(Constraint.LOSING_SECURITY_GROUPS_FOR_PODS)))
                .contains("OVL-FORBIDDEN", "OVL-SECURITY-GROUPS-FOR-PODS");
    }

    @Test
    void countsANodeOfAnUnknownTypeAsItIs() {
        Clusters odd = Clusters.govcloud()
                .edit(tree -> Tree.maps(tree, "nodes")
                        .forEach(n -> Tree.map(n, "labels").put("node.kubernetes.io/instance-type", "zz9.huge")));
        Assessment assessment = odd.assess(new EniStrategy());
        assertThat(budget(assessment, NODES).usedAfter()).isEqualTo(56);
        assertThat(assessment.findings()).extracting(Finding::code).contains("ENI-TYPE-UNKNOWN");
    }

    private static MigrationPlan planned(Clusters clusters) {
        return clusters.plan(new EniStrategy()).fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(
                    refused.findings().stream().filter(Finding::stops).toList());
        });
    }

    private static MigrationPlan.Step step(MigrationPlan plan, String id) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> refusal(Clusters clusters) {
        return clusters
                .plan(new EniStrategy())
                .fold(planned -> List.<Finding>of(), PlanResult.Refused::findings)
                .stream()
                .filter(Finding::stops)
                .map(Finding::code)
                .toList();
    }

    private static List<String> codes(Clusters clusters) {
        return clusters.assess(new EniStrategy()).findings().stream()
                .map(Finding::code)
                .toList();
    }

    private static SubnetBudget budget(Assessment assessment, String subnet) {
        return assessment.ipBudget().stream()
                .filter(b -> b.subnet().equals(subnet))
                .findFirst()
                .orElseThrow();
    }
}
