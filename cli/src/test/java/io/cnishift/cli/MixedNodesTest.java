package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.compare.Comparison.NetworkLine;
import io.cnishift.engine.compare.PodNetworks;
import io.cnishift.engine.inspect.Inspector;
import io.cnishift.simulator.kit.Asked;
import org.junit.jupiter.api.Test;

/** A cluster with nodes of Linux, of Windows and of Fargate. */
final class MixedNodesTest {

    private final ClusterSnapshot mixed = Asked.scenario("chained-policy");

    @Test
    void aMachineOfFargateIsNotFull() {
        assertThat(View.of(mixed).nodes()).anyMatch(Node::fargate);
        assertThat(Inspector.inspect(mixed).findings()).noneMatch(f -> f.code().equals("INS-POD-SLOTS-FULL"));
    }

    @Test
    void noPolicyHoldsForPodsOnNodesWithoutTheAgent() {
        View view = View.of(mixed);
        long apart = view.pods().stream()
                .filter(p -> !p.hostNetwork() && !p.finished() && p.address().isPresent())
                .filter(p -> p.node()
                        .flatMap(view::node)
                        .filter(n -> n.fargate() || !n.linux())
                        .isPresent())
                .count();
        NetworkLine line = PodNetworks.of(view);
        assertThat(apart).isPositive();
        assertThat((long) line.underPolicy()).isEqualTo(line.pods() - apart);
    }
}
