package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TagsTest {

    @Test
    void aSharedThingIsNotTheClusters() {
        assertThat(Tags.ofCluster(Map.of("kubernetes.io/cluster/shop", "owned"), "shop"))
                .isTrue();
        assertThat(Tags.ofCluster(Map.of("kubernetes.io/cluster/shop", "shared"), "shop"))
                .isFalse();
        assertThat(Tags.ofCluster(Map.of("elbv2.k8s.aws/cluster", "other"), "shop"))
                .isFalse();
    }
}
