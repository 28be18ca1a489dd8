package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import org.junit.jupiter.api.Test;

final class PoolDraftTest {

    @Test
    void countsOldNodesBesideNewOnesAtTheirMaximum() {
        PoolDraft pool = Clusters.minnieWallace().draft().pool().orElseThrow();
        assertThat(pool.mostNodes()).isEqualTo(4 + 8);
        assertThat(pool.maxPods()).isEqualTo(58);
        assertThat(pool.mask()).isEqualTo(26);
    }

    @Test
    void leavesOldNodesOutWhereNoAgentRunsOnThem() {
        PoolDraft pool = Clusters.minnieWallace()
                .option("hybrid", "isolated")
                .draft()
                .pool()
                .orElseThrow();
        assertThat(pool.mostNodes()).isEqualTo(8);
    }

    @Test
    void countsASurgeBeyondTheMaximum() {
        Clusters grown = Clusters.minnieWallace()
                .change("nodeGroups", "name", "workers", g -> g.put("maxSize", 4))
                .option("surge", java.util.Map.of("workers", 3));
        assertThat(grown.draft().pool().orElseThrow().mostNodes()).isEqualTo(4 + 7);
    }

    @Test
    void countsNoMoreThanTheClusterMayHave() {
        Clusters limited = Clusters.minnieWallace().cluster(c -> c.put("nodeLimit", 6));
        assertThat(limited.draft().pool().orElseThrow().mostNodes()).isEqualTo(6);
        assertThat(Clusters.minnieWallace()
                        .cluster(c -> c.put("nodeLimit", 6))
                        .option("podCidr", "100.64.0.0/23")
                        .findings("OVL-POOL-TOO-SMALL"))
                .isEmpty();
        // a limit that was passed already hides no node
        assertThat(Clusters.minnieWallace()
                        .cluster(c -> c.put("nodeLimit", 2))
                        .draft()
                        .pool()
                        .orElseThrow()
                        .mostNodes())
                .isEqualTo(4);
    }

    @Test
    void widensTheSliceWithMaxPods() {
        assertThat(Clusters.minnieWallace()
                        .option("maxPods", 110)
                        .draft()
                        .pool()
                        .orElseThrow()
                        .mask())
                .isEqualTo(25);
        assertThat(Clusters.minnieWallace()
                        .option("maxPods", 29)
                        .draft()
                        .pool()
                        .orElseThrow()
                        .mask())
                .isEqualTo(26);
        assertThat(Clusters.minnieWallace()
                        .option("maxPods", 28)
                        .draft()
                        .pool()
                        .orElseThrow()
                        .mask())
                .isEqualTo(27);
    }

    @Test
    void refusesARangeWithFewerSlicesThanNodes() {
        Clusters small = Clusters.minnieWallace().option("podCidr", "100.64.0.0/23");
        Finding finding = small.findings("OVL-POOL-TOO-SMALL").get(0);
        assertThat(finding.message()).contains("/26", "12 nodes");
        assertThat(finding.remedy()).contains("/22");
        assertThat(small.refusal()).containsExactly("OVL-POOL-TOO-SMALL");
    }

    @Test
    void refusesARangeSmallerThanOneSlice() {
        assertThat(Clusters.minnieWallace().option("podCidr", "100.64.0.0/28").refusal())
                .contains("OVL-POOL-TOO-SMALL");
    }

    @Test
    void writesTheSliceIntoTheValues() {
        assertThat(Clusters.minnieWallace()
                        .draft()
                        .chart()
                        .orElseThrow()
                        .secondary()
                        .values()
                        .get("ipam.operator.clusterPoolIPv4MaskSize"))
                .contains(26);
    }
}
