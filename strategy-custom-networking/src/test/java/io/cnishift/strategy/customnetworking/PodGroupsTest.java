package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PodGroupsTest {

    private static final String PODS = "sg-0123456789abcdef0";
    private static final String NODE_RANGE = "10.0.0.0/24";

    private final ClusterSnapshot healthy = Clusters.healthy();
    private final String clusterGroup = healthy.cluster().clusterSecurityGroup();

    private ClusterSnapshot admitting(String... peers) {
        List<Rule> rules = Stream.of(peers)
                .map(peer -> new Rule("sgr-" + peer, "-1", -1, -1, peer, ""))
                .toList();
        return ClusterSnapshot.of(
                healthy.source(),
                healthy.takenAt(),
                Stream.concat(
                                healthy.resources(),
                                Stream.of(new SecurityGroup(PODS, "pods", rules, List.of(), Map.of())))
                        .toList(),
                List.of());
    }

    private static List<Finding> about(String code, ClusterSnapshot cluster) {
        return Asked.assess(new CustomNetworkingStrategy(), cluster, Map.of("securityGroups", List.of(PODS)))
                .findings()
                .stream()
                .filter(f -> f.code().equals(code))
                .toList();
    }

    @Test
    void refusesAGroupThatTheVpcDoesNotHave() {
        assertThat(about("VCN-NO-SECURITY-GROUP", healthy))
                .singleElement()
                .satisfies(f -> assertThat(f.stops()).isTrue());
        assertThat(about("VCN-NO-SECURITY-GROUP", admitting(clusterGroup))).isEmpty();
    }

    @Test
    void doesNotCallAGroupMissingWhereGroupsWereNotRead() {
        ClusterSnapshot unread = ClusterSnapshot.of(
                healthy.source(),
                healthy.takenAt(),
                healthy.resources().filter(r -> !(r instanceof SecurityGroup)).toList(),
                List.of(new Unknown(Part.SECURITY_GROUPS, "", "denied", "allow it")));

        assertThat(about("VCN-NO-SECURITY-GROUP", unread)).isEmpty();
        assertThat(about("VCN-UNKNOWN", unread)).isNotEmpty();
    }

    @Test
    void warnsOfAGroupThatAdmitsNeitherNodesNorControlPlane() {
        assertThat(about("VCN-PODS-SHUT-OFF", admitting()))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains(clusterGroup));
        assertThat(about("VCN-PODS-SHUT-OFF", admitting(NODE_RANGE))).hasSize(1);
        assertThat(about("VCN-PODS-SHUT-OFF", admitting(clusterGroup))).isEmpty();
        assertThat(about("VCN-PODS-SHUT-OFF", admitting("10.0.0.0/16"))).isEmpty();
    }

    @Test
    void asksWhereALoadBalancerIsNotAdmittedThatSendsToPods() {
        LoadBalancer balancer = healthy.resources()
                .filter(LoadBalancer.class::isInstance)
                .map(LoadBalancer.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(about("VCN-BALANCER-SHUT-OFF", admitting(clusterGroup)))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.stops()).isTrue();
                    assertThat(f.subject()).contains(balancer.name());
                });
        assertThat(about(
                        "VCN-BALANCER-SHUT-OFF",
                        admitting(balancer.securityGroups().get(0))))
                .isEmpty();
        assertThat(about("VCN-BALANCER-SHUT-OFF", admitting("10.0.0.0/16"))).isEmpty();
    }

    @Test
    void saysNothingOfGroupsThatAdmitThePodsByARuleOfTheirOwn() {
        assertThat(about("VCN-RULES-BY-RANGE", admitting(NODE_RANGE, clusterGroup)))
                .hasSize(1);
        assertThat(about("VCN-RULES-BY-RANGE", admitting(NODE_RANGE, "100.64.0.0/16")))
                .isEmpty();
    }
}
