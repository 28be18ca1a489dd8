package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.step.RollNodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ReadinessTest {

    /** Cilium runs on its node, and its operator gave it no pod CIDR. */
    private final Scene scene = Scene.of(
            Make.awsNode(1).build(),
            Make.workload("DaemonSet", "kube-system", "cilium", 1).build(),
            new CiliumNode("n1", List.of(), OptionalInt.empty(), Optional.empty()));

    private final Node node = Make.node("n1").build();

    @Test
    void asksForAPodCidrOnlyWhereCiliumTakesTheNodesOver() {
        assertThat(Readiness.ofNew(scene.view(), into("10.244.0.0/16", "node.cilium.io/agent-not-ready"), node))
                .contains("has no pod CIDR");
        // chained: the VPC CNI takes the addresses from subnets of that range
        assertThat(Readiness.ofNew(scene.view(), into("100.64.0.0/16"), node)).isEmpty();
    }

    private static RollNodes into(String range, String... readyTaints) {
        return new RollNodes(
                "old",
                "new",
                1,
                1,
                Map.of(),
                RollNodes.Singletons.ROLLOUT,
                false,
                false,
                List.of(),
                "",
                List.of(readyTaints),
                Optional.of(Cidr.parse(range)),
                0,
                "",
                600,
                List.of(),
                1,
                false,
                List.of(),
                List.of(),
                RollNodes.Extent.ALL);
    }
}
