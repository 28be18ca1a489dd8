package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.PlanResult;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Constraint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EniStrategyTest {

    private static final String NODES = "subnet-0ec9b9d4ba91199ee";

    @Test
    void refusesToPlanWithOneClearFinding() {
        List<Finding> findings = Clusters.clean()
                .plan(new EniStrategy())
                .fold(PlanResult.Planned::findings, PlanResult.Refused::findings);
        assertThat(findings).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo("ENI-NOT-PLANNED");
            assertThat(f.stops()).isTrue();
        });
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
        assertThat(nodes.usedAfter()).isEqualTo(8 + 3 * (22 + 3));
        // 59 less 8 of others and 3 x 3 that nodes take empty: 21 on first interfaces, then two more of 9 at 10 each.
        assertThat(assessment.capacity().clusterMaxPods()).isEqualTo(9 + 21 + 18);
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("ENI-NO-ADDRESSES"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("83 addresses").contains("59"));
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
                .contains("OVL-FORBIDDEN", "ENI-SECURITY-GROUPS-LOST");
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
