package io.cnishift.strategy.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class ChainingAssessmentTest {

    private static final Taint KEPT = new Taint("example.org/kept", "true", "NoSchedule");

    @Test
    void freesNothingAndSaysSo() {
        Assessment assessment = Asked.assess(new ChainingStrategy(), Asked.scenario("govcloud-26"));

        assertThat(assessment.feasible()).isTrue();
        assertThat(Asked.codes(assessment.findings())).contains("CHN-NO-RELIEF");
        assertThat(assessment.ipBudget())
                .allSatisfy(b -> assertThat(b)
                        .extracting(SubnetBudget::peakDuring, SubnetBudget::usedAfter)
                        .containsExactly(b.usedNow(), b.usedNow()));
    }

    @Test
    void podsAreLimitedByTheAddressesThatTheSubnetHasLeft() {
        ClusterSnapshot gov = Asked.scenario("govcloud-26");
        Assessment assessment = Asked.assess(new ChainingStrategy(), gov);

        // 45 pods run; the nodes hold 6 addresses warm, the subnet has 3 for the 4 slots left on each node's
        // interfaces.
        assertThat(gov.pods()).hasSize(45);
        assertThat(assessment.capacity().clusterMaxPods()).isEqualTo(45 + 6 + 3);
        assertThat(assessment.capacity().maxPodsPerNode()).containsExactly(Map.entry("m5.large", 29));
    }

    @Test
    void aThirdInterfaceOfTheNodeCostsAnAddressToo() {
        // A /27 gives 27: 2 to AWS, 20 to the node's 2 full interfaces. Of the 5 others a third interface takes one.
        ClusterSnapshot small = Clusters.with().nodes(1).subnetPrefix(27).build();
        long onHost = small.pods().stream().filter(Pod::hostNetwork).count();

        assertThat(Asked.assess(new ChainingStrategy(), small).capacity().clusterMaxPods())
                .isEqualTo(onHost + 18 + 4);
    }

    @Test
    void podsAreLimitedBySlotsWhereTheSubnetIsLarge() {
        assertThat(Asked.assess(new ChainingStrategy(), Clusters.healthy())
                        .capacity()
                        .clusterMaxPods())
                .isEqualTo(3 * 29);
    }

    @Test
    void restartsEveryPodThatIsNotOnTheHostNetwork() {
        Assessment assessment = Asked.assess(new ChainingStrategy(), Asked.scenario("govcloud-26"));

        assertThat(assessment.disruption().podsRestarted()).isEqualTo(36);
        assertThat(assessment.disruption().nodesReplaced()).isZero();
    }

    @Test
    void planIsRefusedWithOneClearFinding() {
        ClusterSnapshot blocked = Asked.unread("minnie-wallace", Part.NODES);
        assertThat(Asked.assess(new ChainingStrategy(), blocked).feasible()).isFalse();
        assertThat(Asked.refusal(new ChainingStrategy(), blocked)).contains("CHN-UNKNOWN");
    }

    @Test
    void theAgentOfAnAddonIsSwitchedOffAndAnyOtherIsNot() {
        ClusterSnapshot policed = Asked.scenario("chained-policy");
        ClusterSnapshot byHand = ClusterSnapshot.of(
                policed.source(),
                policed.takenAt(),
                policed.resources().filter(r -> !r.key().equals("vpc-cni")).toList(),
                List.of());

        assertThat(Asked.codes(Asked.assess(new ChainingStrategy(), policed).findings()))
                .contains("CHN-POLICY-PAUSE")
                .doesNotContain("CHN-POLICY-AGENT");
        assertThat(Asked.codes(Asked.assess(new ChainingStrategy(), byHand).findings()))
                .contains("CHN-POLICY-AGENT")
                .doesNotContain("CHN-POLICY-PAUSE");
    }

    @Test
    void doesNotGuessWhatWasNotRead() {
        Assessment assessment = Asked.assess(new ChainingStrategy(), Asked.unread("minnie-wallace", Part.PODS));

        assertThat(assessment.feasible()).isFalse();
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("CHN-UNKNOWN"))
                .singleElement()
                .satisfies(f -> assertThat(f.subject() + ": " + f.message()).isEqualTo("pods: not read: denied"));
        assertThat(Asked.codes(Asked.assess(new ChainingStrategy(), Asked.unread("minnie-wallace", Part.RELEASES))
                        .findings()))
                .doesNotContain("CHN-UNKNOWN");
    }

    @Test
    void doesNotTakeAKernelThatIsNotKnownForANewOne() {
        ClusterSnapshot silent = nodes(Asked.scenario("minnie-wallace"), n -> node(n, n.taints(), n.cpuMillis(), ""));

        assertThat(Asked.assess(new ChainingStrategy(), silent).findings())
                .filteredOn(f -> f.code().equals("CHN-KERNEL-TOO-OLD"))
                .hasSize(4)
                .allSatisfy(f -> assertThat(f.message()).isEqualTo("its kernel is not known"));
    }

    @Test
    void securityGroupsForPodsAreRefusedInModeStrictAndAskedAboutInModeStandard() {
        assertThat(said(Clusters.with().podSecurityGroups("strict").build(), "CHN-POD-GROUPS-STRICT"))
                .containsExactly(
                        "security groups for pods: 2 pods have groups of their own, among them web/api-7c9d8b5f6-p0, and aws-node"
                                + " leads their packets past policies");
        assertThat(said(Clusters.with().podSecurityGroups("standard").build(), "CHN-POD-GROUPS"))
                .hasSize(1);
        assertThat(Asked.codes(
                        Asked.assess(new ChainingStrategy(), Clusters.healthy()).findings()))
                .doesNotContain("CHN-POD-GROUPS", "CHN-POD-GROUPS-STRICT");
    }

    @Test
    void aNetworkLoadBalancerTakesMinutesForWhatAnApplicationOneTakesSeconds() {
        assertThat(said(Clusters.healthy(), "CHN-TARGET-GAP"))
                .singleElement()
                .asString()
                .contains("up to 15 s before");
        assertThat(said(overTcp(Clusters.healthy()), "CHN-TARGET-GAP"))
                .singleElement()
                .asString()
                .contains("up to 210 s before");
    }

    @Test
    void aRestartThatStartsAPodFirstWantsANodeForIt() {
        assertThat(said(Clusters.healthy(), "CHN-NO-NODE-BESIDE")).isEmpty();
        assertThat(said(nodes(Clusters.healthy(), n -> node(n, n.taints(), 400, n.kernel())), "CHN-NO-NODE-BESIDE"))
                .anySatisfy(f -> assertThat(f).startsWith("Deployment/web/web: "));
        assertThat(said(
                        nodes(Clusters.healthy(), n -> node(n, List.of(KEPT), n.cpuMillis(), n.kernel())),
                        "CHN-NO-NODE-BESIDE"))
                .anySatisfy(f -> assertThat(f).startsWith("Deployment/web/web: "));
    }

    @Test
    void namesGroupsWhoseNodesJoinWithoutTheTaintThatTheAgentTakesOff() {
        assertThat(said(Clusters.healthy(), "CHN-LATER-NODES"))
                .containsExactly(
                        "node groups workers: their nodes join without the taint node.cilium.io/agent-not-ready");
    }

    private static List<String> said(ClusterSnapshot cluster, String code) {
        return Asked.assess(new ChainingStrategy(), cluster).findings().stream()
                .filter(f -> f.code().equals(code))
                .map(f -> f.subject() + ": " + f.message())
                .toList();
    }

    private static ClusterSnapshot overTcp(ClusterSnapshot whole) {
        return ClusterSnapshot.of(
                whole.source(),
                whole.takenAt(),
                whole.resources()
                        .map(r -> r instanceof TargetGroup group ? overTcp(group) : r)
                        .toList(),
                List.of());
    }

    private static TargetGroup overTcp(TargetGroup group) {
        return new TargetGroup(
                group.arn(),
                group.name(),
                group.targetType(),
                "TCP",
                group.port(),
                10,
                3,
                group.deregistrationDelaySeconds(),
                group.targets(),
                group.service(),
                group.tags());
    }

    private static ClusterSnapshot nodes(ClusterSnapshot whole, UnaryOperator<Node> change) {
        return ClusterSnapshot.of(
                whole.source(),
                whole.takenAt(),
                whole.resources()
                        .map(r -> r instanceof Node node ? change.apply(node) : r)
                        .toList(),
                List.of());
    }

    private static Node node(Node node, List<Taint> taints, long cpuMillis, String kernel) {
        return new Node(
                node.name(),
                node.uid(),
                node.resourceVersion(),
                node.instance(),
                node.labels(),
                node.annotations(),
                taints,
                node.unschedulable(),
                node.ready(),
                node.maxPods(),
                cpuMillis,
                node.memoryMiB(),
                kernel,
                node.architecture(),
                node.osImage(),
                node.address(),
                node.createdAt());
    }
}
