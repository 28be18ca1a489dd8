package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.plan.Constraint;
import io.cnishift.simulator.kit.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NewClusterAssessmentTest {

    @Test
    void bothClustersDoNotFitIntoAFullSubnet() {
        Assessment assessment = Asked.assess(new NewClusterStrategy(), Asked.scenario("govcloud-26"));

        assertThat(assessment.feasible()).isFalse();
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("NEW-NO-ROOM"))
                .singleElement()
                .satisfies(f -> assertThat(f.message())
                        .contains("10.40.8.0/26 has 3 free addresses; the new cluster needs 4: 3 nodes and 1 load"));
        assertThat(Asked.codes(assessment.findings())).contains("NEW-VOLUMES").doesNotContain("NEW-CONTROL-PLANE-ROOM");
    }

    @Test
    void costsAsManyNodesAgainAsThereAre() {
        Assessment assessment = Asked.assess(new NewClusterStrategy(), Asked.scenario("minnie-wallace"));

        assertThat(assessment.feasible()).isTrue();
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("NEW-CONTROLLER-RIGHTS"))
                .extracting(Finding::subject)
                .containsExactly("service account kube-system/aws-load-balancer-controller");
        assertThat(assessment.cost().peakExtraNodes()).isEqualTo(4);
        assertThat(assessment.capacity().clusterMaxPods()).isEqualTo(4 * 58);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "vpc-cni-prefix"})
    void whatTheNetworkOfTheFirstClusterIsNobodyHasToInstall(String network) {
        assertThat(staying("minnie-wallace-green", network)).doesNotContain("cilium");
        assertThat(staying("govcloud-26", network))
                .contains("Deployment/kube-system/metrics-server")
                .doesNotContain("aws-node");
    }

    private static String staying(String scenario, String network) {
        return Asked.assess(new NewClusterStrategy(), Asked.scenario(scenario), Map.of("network", network))
                .findings()
                .stream()
                .filter(f -> f.code().equals("NEW-SYSTEM-STAYS"))
                .map(Finding::message)
                .collect(Collectors.joining());
    }

    @Test
    void onlyWhatIsUsedIsLost() {
        assertThat(Asked.assess(new NewClusterStrategy(), Asked.scenario("minnie-wallace"))
                        .features()
                        .lost())
                .containsExactly("ip targets of load balancers", "cluster identity: OIDC issuer, endpoint");
        assertThat(Asked.assess(new NewClusterStrategy(), Asked.scenario("prod-100"))
                        .features()
                        .lost())
                .contains("security groups for pods");
    }

    @Test
    void aRangeThatTheVpcHasIsRefused() {
        assertThat(Asked.assess(
                                new NewClusterStrategy(),
                                Asked.scenario("clean-cluster"),
                                Map.of("podCidr", "10.20.0.0/18"))
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-NOT-MADE"))
                .extracting(Finding::subject)
                .contains("option podCidr");
    }

    @Test
    void theRangeThatItSuggestsIsLargeEnough() {
        assertThat(Asked.assess(
                                new NewClusterStrategy(),
                                Asked.scenario("minnie-wallace"),
                                Map.of("podCidr", "169.254.0.0/25"))
                        .findings())
                .filteredOn(f -> f.message().contains("overlaps"))
                .extracting(Finding::remedy)
                .singleElement()
                .asString()
                .containsPattern("podCidr=[0-9.]+/2[0-4] ");
    }

    @Test
    void aRangeThatRoutesLeadToIsRefused() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        List<Resource> routed = new ArrayList<>(clean.resources().toList());
        routed.add(new RouteTable(
                "rtb-peer",
                false,
                List.of(),
                List.of(new RouteTable.Route("10.245.64.0/18", "pcx-0123456789abcdef0"))));

        assertThat(Asked.assess(
                                new NewClusterStrategy(),
                                ClusterSnapshot.of(clean.source(), clean.takenAt(), routed, List.of()))
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-NOT-MADE"))
                .singleElement()
                .satisfies(f -> assertThat(f.message())
                        .isEqualTo("10.245.0.0/16 overlaps 10.245.64.0/18, routed through pcx-0123456789abcdef0"));
    }

    @Test
    void isOutWhenASecondClusterIsForbidden() {
        Assessment assessment =
                Asked.assess(new NewClusterStrategy(), Asked.scenario("minnie-wallace"), Constraint.NEW_CLUSTER);

        assertThat(assessment.feasible()).isFalse();
        assertThat(Asked.codes(assessment.findings())).contains("NEW-FORBIDDEN");
    }

    @Test
    void whatCannotBeMadeIsRefusedWithWhatStandsAgainstIt() {
        assertThat(Asked.assess(new NewClusterStrategy(), Asked.scenario("govcloud-26"))
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-NOT-MADE"))
                .extracting(Finding::subject)
                .contains("node group gov-workers");
    }

    @Test
    void nodesThatReadNoNodeConfigCannotBeToldTheirCluster() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");
        List<Resource> old = minnie.resources()
                .map(r -> r instanceof NodeGroup group ? of(group, "AL2_x86_64") : r)
                .toList();

        assertThat(Asked.assess(
                                new NewClusterStrategy(),
                                ClusterSnapshot.of(minnie.source(), minnie.takenAt(), old, List.of()))
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-NOT-MADE"))
                .extracting(Finding::subject)
                .contains("node group workers");
    }

    static NodeGroup of(NodeGroup g, String amiType) {
        return new NodeGroup(
                g.name(),
                g.kind(),
                g.status(),
                g.autoScalingGroup(),
                g.minSize(),
                g.maxSize(),
                g.desiredSize(),
                g.instanceTypes(),
                amiType,
                g.capacityType(),
                g.subnets(),
                g.launchTemplate(),
                g.maxPodsBy(),
                g.maxPods(),
                g.labels(),
                g.taints(),
                g.nodeRole(),
                g.autoRepair(),
                g.suspendedProcesses(),
                g.targetGroups(),
                g.issues(),
                g.tags(),
                g.owner());
    }

    @Test
    void doesNotGuessWhatWasNotRead() {
        Assessment assessment = Asked.assess(new NewClusterStrategy(), Asked.unread("minnie-wallace", Part.PODS));

        assertThat(assessment.feasible()).isFalse();
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("NEW-UNKNOWN"))
                .singleElement()
                .satisfies(f -> assertThat(f.subject() + ": " + f.message()).isEqualTo("pods: not read: denied"));
        assertThat(Asked.codes(Asked.assess(new NewClusterStrategy(), Asked.unread("minnie-wallace", Part.RELEASES))
                        .findings()))
                .doesNotContain("NEW-UNKNOWN");
    }
}
