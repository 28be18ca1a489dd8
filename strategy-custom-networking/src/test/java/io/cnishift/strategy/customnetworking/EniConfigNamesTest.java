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

/** What a node looks at before the label of its zone. */
final class EniConfigNamesTest {

    private static final Map<String, String> LABEL = Map.of("vpc.amazonaws.com/externalEniConfig", "shared");

    private static ClusterSnapshot marked(
            ClusterSnapshot cluster, Map<String, String> labels, Map<String, String> annotations) {
        return ClusterSnapshot.of(
                cluster.source(),
                cluster.takenAt(),
                cluster.resources()
                        .map(r -> r instanceof Node node ? SecondPlanTest.marked(node, labels, annotations) : r)
                        .toList(),
                List.of());
    }

    private static List<Finding> names(ClusterSnapshot cluster) {
        return Asked.assess(new CustomNetworkingStrategy(), cluster).findings().stream()
                .filter(f -> f.code().startsWith("VCN-ENI-CONFIG"))
                .toList();
    }

    @Test
    void refusesALabelOfNodesThatTheirGroupDoesNotHave() {
        assertThat(names(Clusters.healthy())).isEmpty();
        assertThat(names(marked(Clusters.healthy(), LABEL, Map.of())))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.code()).isEqualTo("VCN-ENI-CONFIG-NAME");
                    assertThat(f.stops()).isTrue();
                    assertThat(f.subject()).isEqualTo("node group " + Clusters.GROUP);
                });
    }

    @Test
    void warnsOfTheAnnotationThatIsInForce() {
        assertThat(names(marked(Clusters.healthy(), Map.of(), Map.of("k8s.amazonaws.com/eniConfig", "a"))))
                .hasSize(3)
                .allMatch(f -> f.code().equals("VCN-ENI-CONFIG-ANNOTATED") && !f.stops());

        ClusterSnapshot renamed = Clusters.with()
                .env("ENI_CONFIG_ANNOTATION_DEF", "example.com/eni")
                .build();
        assertThat(names(marked(renamed, Map.of(), Map.of("k8s.amazonaws.com/eniConfig", "a"))))
                .isEmpty();
        assertThat(names(marked(renamed, Map.of(), Map.of("example.com/eni", "a"))))
                .hasSize(3);
    }
}
