package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GatesOfPrefixesTest {

    private static List<String> codes(ClusterSnapshot cluster, Map<String, Object> options) {
        return Asked.codes(Asked.assess(new CustomNetworkingStrategy(), cluster, options)
                .findings());
    }

    @Test
    void customNetworkingRefusesPrefixesWhereATypeCannotHoldThem() {
        ClusterSnapshot xen = Clusters.with().instanceType("m4.large").build();

        assertThat(codes(xen, Map.of("prefixes", true))).contains("VCN-NOT-NITRO");
        assertThat(codes(xen, Map.of())).doesNotContain("VCN-NOT-NITRO");
    }
}
