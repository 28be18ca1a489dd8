package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GatesOfPrefixesTest {

    private static List<String> codes(ClusterSnapshot cluster, Map<String, Object> options) {
        return Asked.codes(
                Asked.assess(new CustomNetworkingStrategy(), cluster, options).findings());
    }

    @Test
    void customNetworkingRefusesPrefixesWhereATypeCannotHoldThem() {
        ClusterSnapshot xen = Clusters.with().instanceType("m4.large").build();

        assertThat(codes(xen, Map.of("prefixes", true))).contains("VCN-NOT-NITRO");
        assertThat(codes(xen, Map.of())).doesNotContain("VCN-NOT-NITRO");
    }

    @Test
    void advisesPrefixesForMoreSlotsOnlyWhereTheyAreOff() {
        assertThat(advice(Map.of())).isNotEmpty().allSatisfy(r -> assertThat(r).contains("prefixes=true"));
        assertThat(advice(Map.of("prefixes", true)))
                .isNotEmpty()
                .allSatisfy(r -> assertThat(r).doesNotContain("prefixes=true"));
    }

    /** Where nodes admit more pods than AWS advises. */
    private static List<String> advice(Map<String, Object> options) {
        ClusterSnapshot healthy = Clusters.healthy();
        ClusterSnapshot generous = ClusterSnapshot.of(
                healthy.source(),
                healthy.takenAt(),
                healthy.resources()
                        .map(r -> r instanceof Node node ? admitting(node, 200) : r)
                        .toList(),
                List.of());
        return Asked.assess(new CustomNetworkingStrategy(), generous, options).findings().stream()
                .filter(f -> f.code().equals("VCN-FEWER-SLOTS"))
                .map(Finding::remedy)
                .toList();
    }

    private static Node admitting(Node node, int pods) {
        return new Node(
                node.name(),
                node.uid(),
                node.resourceVersion(),
                node.instance(),
                node.labels(),
                node.annotations(),
                node.taints(),
                node.unschedulable(),
                node.ready(),
                pods,
                node.cpuMillis(),
                node.memoryMiB(),
                node.kernel(),
                node.architecture(),
                node.osImage(),
                node.address(),
                node.createdAt());
    }
}
