package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.plan.Constraint;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class AssessmentTest {

    private final ClusterSnapshot gov = Asked.scenario("govcloud-26");
    private final ClusterSnapshot minnie = Asked.scenario("minnie-wallace");

    @Test
    void customNetworkingFreesTheNodeSubnetButForOneAddressPerNode() {
        Assessment assessment = Asked.assess(new CustomNetworkingStrategy(), gov);

        assertThat(assessment.feasible()).isTrue();
        // one node stays with what it holds, for nobody may move the pod of its database
        assertThat(nodeSubnet(assessment))
                .extracting(SubnetBudget::usedNow, SubnetBudget::peakDuring, SubnetBudget::usedAfter)
                .containsExactly(56, 57, 26);
        assertThat(assessment.capacity().maxPodsPerNode()).containsExactly(Map.entry("m5.large", 20));
        assertThat(assessment.capacity().clusterMaxPods()).isEqualTo(60);
    }

    @Test
    void customNetworkingPutsOnePodSubnetIntoEachZoneWithNodes() {
        Assessment assessment = Asked.assess(new CustomNetworkingStrategy(), minnie);

        List<SubnetBudget> made = assessment.ipBudget().stream()
                .filter(b -> b.subnet().startsWith("100.64."))
                .toList();
        assertThat(made)
                .extracting(SubnetBudget::subnet)
                .containsExactly("100.64.0.0/18", "100.64.64.0/18", "100.64.128.0/18");
        assertThat(made)
                .extracting(SubnetBudget::availabilityZone)
                .containsExactly("ap-south-1a", "ap-south-1b", "ap-south-1c");
        assertThat(made).allSatisfy(b -> assertThat(b.usedAfter()).isPositive());
    }

    @Test
    void fewerAdmittedPodsCountInCapacityAndInWhatNodesHold() {
        // 3 nodes of m5.large; 8 pods need one interface of a node, by default it keeps a second one warm
        ClusterSnapshot healthy = Clusters.healthy();
        Assessment custom = Asked.assess(new CustomNetworkingStrategy(), healthy, Map.of("maxPods", 8));
        assertThat(custom.capacity().maxPodsPerNode()).containsExactly(Map.entry("m5.large", 8));
        assertThat(custom.capacity().clusterMaxPods()).isEqualTo(24);
        assertThat(used(custom)).isLessThan(used(Asked.assess(new CustomNetworkingStrategy(), healthy)));

        Assessment prefixes = Asked.assess(new PrefixDelegationStrategy(), healthy, Map.of("maxPods", 15));
        assertThat(prefixes.capacity().maxPodsPerNode()).containsExactly(Map.entry("m5.large", 15));
        assertThat(prefixes.capacity().clusterMaxPods()).isEqualTo(45);
        assertThat(used(prefixes)).isLessThan(used(Asked.assess(new PrefixDelegationStrategy(), healthy)));
    }

    @Test
    void podsOfNodesThatAreLeftAloneAreCountedAsTheyAre() {
        // four Linux nodes, two of Windows that admit 26 pods each, one of Fargate with one pod
        ClusterSnapshot mixed = Asked.scenario("chained-policy");
        assertThat(Asked.assess(new CustomNetworkingStrategy(), mixed)
                        .capacity()
                        .clusterMaxPods())
                .isEqualTo(4 * 12 + 2 * 26 + 1);
        assertThat(Asked.assess(new PrefixDelegationStrategy(), mixed)
                        .capacity()
                        .clusterMaxPods())
                .isEqualTo(4 * 110 + 2 * 26 + 1);
    }

    @Test
    void customNetworkingIsOutWhenTheVpcMayNotChange() {
        Assessment assessment =
                Asked.assess(new CustomNetworkingStrategy(), gov, Constraint.VPC_CHANGES, Constraint.NEW_SUBNETS);

        assertThat(assessment.feasible()).isFalse();
        assertThat(Asked.codes(assessment.findings())).contains("VCN-VPC-FORBIDDEN", "VCN-SUBNETS-FORBIDDEN");
    }

    @Test
    void customNetworkingRefusesABlockThatIsRoutedElsewhere() {
        Assessment assessment = Asked.assess(new CustomNetworkingStrategy(), gov, Map.of("podCidr", "192.168.0.0/16"));

        assertThat(Asked.codes(assessment.findings())).contains("VCN-NO-SECONDARY-CIDR");
        assertThat(assessment.feasible()).isFalse();
    }

    @Test
    void prefixesNeedFreeAlignedBlocks() {
        Assessment assessment = Asked.assess(new PrefixDelegationStrategy(), gov);

        assertThat(assessment.feasible()).isFalse();
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("VCN-NO-PREFIX"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("10.40.8.0/26 has 0 free /28 blocks"));
    }

    @Test
    void prefixesGiveTheRecommendedSlotsWhereBlocksAreFree() {
        Assessment assessment = Asked.assess(new PrefixDelegationStrategy(), minnie);

        assertThat(assessment.feasible()).isTrue();
        assertThat(assessment.capacity().maxPodsPerNode()).containsExactly(Map.entry("t3.medium", 110));
        assertThat(assessment.disruption().nodesReplaced()).isEqualTo(4);
        assertThat(assessment.disruption().podsRestarted()).isEqualTo(17);
    }

    @Test
    void subnetDiscoveryNeedsAnotherSubnetOfTheZoneWithRoom() {
        Assessment free = Asked.assess(new SubnetDiscoveryStrategy(), gov);
        Assessment bound = Asked.assess(new SubnetDiscoveryStrategy(), gov, Constraint.NEW_SUBNETS);

        assertThat(free.feasible()).isTrue();
        assertThat(bound.feasible()).isFalse();
        // 45 run, 6 addresses are warm, 3 free; each node may attach one more interface of 9 from the new subnet.
        assertThat(free.capacity().clusterMaxPods()).isEqualTo(45 + 6 + 3 + 3 * 9);
    }

    @Test
    void tuningPutsNoMorePodsIntoASubnetThanItHasAddresses() {
        assertThat(Asked.assess(new VpcCniTuningStrategy(), gov).capacity().clusterMaxPods())
                .isEqualTo(45 + 6 + 3);
    }

    @Test
    void prefixesAreCountedByTheBlocksThatTheOldNodesLeave() {
        // Of the 4 blocks of a /26 AWS keeps addresses in the first and the last; its own interfaces are in the first.
        ClusterSnapshot small = Clusters.with().nodes(1).subnetPrefix(26).build();

        assertThat(Asked.assess(new PrefixDelegationStrategy(), small)
                        .capacity()
                        .clusterMaxPods())
                .isEqualTo(onHost(small) + 2 * 16);
        assertThat(Asked.assess(new PrefixDelegationStrategy(), Clusters.healthy())
                        .capacity()
                        .clusterMaxPods())
                .isEqualTo(3 * 110);
    }

    @Test
    void furtherInterfacesOfTheOtherSubnetFillTheSlots() {
        // A /27 has 5 addresses left; a third interface of 9 comes from the new subnet instead, which fills 27 slots.
        ClusterSnapshot small = Clusters.with().nodes(1).subnetPrefix(27).build();

        assertThat(onHost(small)).isGreaterThanOrEqualTo(2);
        assertThat(Asked.assess(new SubnetDiscoveryStrategy(), small).capacity().clusterMaxPods())
                .isEqualTo(29);
        assertThat(Asked.assess(new VpcCniTuningStrategy(), small).capacity().clusterMaxPods())
                .isEqualTo(onHost(small) + 18 + 4);
    }

    @Test
    void customNetworkingIsLimitedByASmallPodBlock() {
        // A /28 has 11 addresses: one interface of 9, which costs one more, and one left that serves nobody.
        ClusterSnapshot small = Clusters.with().nodes(1).build();

        assertThat(Asked.assess(new CustomNetworkingStrategy(), small, Map.of("podCidr", "100.64.0.0/28"))
                        .capacity()
                        .clusterMaxPods())
                .isEqualTo(onHost(small) + 9);
    }

    private static long onHost(ClusterSnapshot snapshot) {
        return snapshot.pods().stream().filter(Pod::hostNetwork).count();
    }

    @Test
    void tuningGivesBackOnlyWhatNodesSurelyHoldTooMuch() {
        Assessment tuned = Asked.assess(new VpcCniTuningStrategy(), minnie);
        Assessment lean = Asked.assess(new VpcCniTuningStrategy(), gov);

        assertThat(used(tuned))
                .isLessThan(tuned.ipBudget().stream()
                        .mapToInt(SubnetBudget::usedNow)
                        .sum());
        assertThat(nodeSubnet(lean).usedAfter()).isBetween(50, 56);
        assertThat(tuned.disruption().podsRestarted()).isZero();
    }

    @Test
    void aNodeThatHasJustJoinedAndReportsNoSlotsAddsNone() {
        ClusterSnapshot young = ClusterSnapshot.of(
                minnie.source(),
                minnie.takenAt(),
                minnie.resources()
                        .map(r -> r instanceof Node node
                                        && node.equals(minnie.nodes().get(0))
                                ? unreported(node)
                                : r)
                        .toList(),
                List.of());

        assertThat(Asked.assess(new VpcCniTuningStrategy(), young).capacity().clusterMaxPods())
                .isEqualTo(3 * 17
                        + minnie.pods().stream()
                                .filter(p -> p.node()
                                        .equals(Optional.of(
                                                minnie.nodes().get(0).name())))
                                .count());
        assertThat(Asked.assess(new CustomNetworkingStrategy(), young).ipBudget())
                .isNotEmpty();
        assertThat(Asked.assess(new SubnetDiscoveryStrategy(), young).ipBudget())
                .isNotEmpty();
        assertThat(Asked.assess(new PrefixDelegationStrategy(), young).ipBudget())
                .isNotEmpty();
    }

    private static Node unreported(Node node) {
        return new Node(
                node.name(),
                node.uid(),
                node.resourceVersion(),
                node.instance(),
                node.labels(),
                node.annotations(),
                node.taints(),
                node.unschedulable(),
                false,
                0,
                0,
                0,
                "",
                "",
                "",
                node.address(),
                node.createdAt());
    }

    private static SubnetBudget nodeSubnet(Assessment assessment) {
        return assessment.ipBudget().stream()
                .filter(b -> b.cidr().toString().equals("10.40.8.0/26"))
                .findFirst()
                .orElseThrow();
    }

    private static int used(Assessment assessment) {
        return assessment.ipBudget().stream().mapToInt(SubnetBudget::usedAfter).sum();
    }

    @Test
    void doesNotGuessWhatWasNotRead() {
        Assessment assessment = Asked.assess(new VpcCniTuningStrategy(), Asked.unread("minnie-wallace", Part.PODS));

        assertThat(assessment.feasible()).isFalse();
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("VCN-UNKNOWN"))
                .singleElement()
                .satisfies(f -> assertThat(f.subject() + ": " + f.message()).isEqualTo("pods: not read: denied"));
        assertThat(Asked.codes(Asked.assess(new VpcCniTuningStrategy(), Asked.unread("minnie-wallace", Part.RELEASES))
                        .findings()))
                .doesNotContain("VCN-UNKNOWN");
    }

    @Test
    void doesNotTakeBlocksThatWereNotReadForFreeOnes() {
        ClusterSnapshot silent = ClusterSnapshot.of(
                minnie.source(),
                minnie.takenAt(),
                minnie.resources()
                        .map(r -> r instanceof Subnet s ? withoutBlocks(s) : r)
                        .toList(),
                List.of());
        Assessment assessment = Asked.assess(new PrefixDelegationStrategy(), silent);

        assertThat(assessment.feasible()).isFalse();
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("VCN-UNKNOWN"))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.message()).contains("free /28 blocks are not read"));
        assertThat(Asked.codes(assessment.findings())).doesNotContain("VCN-NO-PREFIX");
    }

    private static Subnet withoutBlocks(Subnet s) {
        return new Subnet(
                s.id(),
                s.name(),
                s.availabilityZone(),
                s.cidr(),
                s.freeAddresses(),
                OptionalInt.empty(),
                s.routeTable(),
                s.publicAddresses(),
                s.reservations(),
                s.tags());
    }
}
