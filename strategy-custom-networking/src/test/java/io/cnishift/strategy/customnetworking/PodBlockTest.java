package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PodBlockTest {

    private static List<Finding> stops(ClusterSnapshot cluster, String podCidr) {
        return Asked.assess(new CustomNetworkingStrategy(), cluster, Map.of("podCidr", podCidr)).findings().stream()
                .filter(Finding::stops)
                .filter(f -> !f.code().equals("VCN-TARGETS-END"))
                .toList();
    }

    @Test
    void refusesABlockThatHasNoSubnetForEachZone() {
        assertThat(stops(Clusters.healthy(), "100.64.0.0/28"))
                .extracting(Finding::code)
                .containsExactly("VCN-BLOCK-TOO-SMALL");
        assertThat(stops(Asked.scenario("minnie-wallace"), "100.64.0.0/27"))
                .extracting(Finding::code)
                .containsExactly("VCN-BLOCK-TOO-SMALL");
        assertThat(stops(Clusters.healthy(), "100.64.0.0/27")).isEmpty();
    }

    @Test
    void refusesABlockOfTheOtherFamilyWithoutSharingItOut() {
        assertThat(stops(Clusters.healthy(), "2001:db8::/56"))
                .extracting(Finding::code)
                .containsExactly("VCN-NO-SECONDARY-CIDR");
        assertThat(Asked.codes(Asked.assess(
                                new SubnetDiscoveryStrategy(), Clusters.healthy(), Map.of("podCidr", "2001:db8::/56"))
                        .findings()))
                .contains("VCN-NO-SECONDARY-CIDR")
                .doesNotContain("VCN-NOTHING-TO-SET");
    }
}
