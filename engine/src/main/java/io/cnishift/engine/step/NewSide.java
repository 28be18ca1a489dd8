package io.cnishift.engine.step;

import io.cnishift.api.cluster.CiliumNodeConfig;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import java.util.Set;

/** Which nodes the new CNI wires: those that a CiliumNodeConfig selects, for it hands them over at their first start. */
final class NewSide {

    private static final Set<String> WITHOUT_AWS_NODE = Set.of("fargate", "hybrid", "auto");

    private NewSide() {}

    static boolean has(View view, Node node) {
        return view.all(Part.CILIUM_NODE_CONFIGS, CiliumNodeConfig.class).stream()
                .filter(c -> !c.nodeSelector().isEmpty())
                .anyMatch(c ->
                        node.labels().entrySet().containsAll(c.nodeSelector().entrySet()));
    }

    /** Whether aws-node belongs on that node: Linux, on EC2, and not of the new side. */
    static boolean needsAwsNode(View view, Node node) {
        String compute = node.labels().getOrDefault("eks.amazonaws.com/compute-type", "");
        return node.linux() && !WITHOUT_AWS_NODE.contains(compute) && !has(view, node);
    }
}
