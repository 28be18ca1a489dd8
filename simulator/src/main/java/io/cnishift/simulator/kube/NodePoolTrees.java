package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.NodeClass;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** NodePools and EC2NodeClasses of Karpenter as trees. */
final class NodePoolTrees {

    private NodePoolTrees() {}

    static Map<String, Object> pool(NodePool pool, Instant created) {
        Map<String, Object> tree = MetaTrees.object(
                "karpenter.sh/v1", "NodePool", new Identity("", pool.name(), "", "", created), Map.of());
        return OwnerTrees.owned(Trees.with(tree, Trees.canonical(pool.spec()), "spec"), pool.owner(), List.of());
    }

    static Map<String, Object> nodeClass(NodeClass nodeClass, Instant created) {
        Map<String, Object> tree = MetaTrees.object(
                "karpenter.k8s.aws/v1", "EC2NodeClass", new Identity("", nodeClass.name(), "", "", created), Map.of());
        List<Map<String, Object>> subnets =
                nodeClass.subnets().stream().map(id -> Trees.of("id", id)).toList();
        return OwnerTrees.owned(
                Trees.with(
                        Trees.with(tree, Trees.canonical(nodeClass.spec()), "spec"),
                        Trees.of("subnets", subnets),
                        "status"),
                nodeClass.owner(),
                List.of());
    }
}
