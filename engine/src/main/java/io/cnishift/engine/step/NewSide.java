package io.cnishift.engine.step;

import io.cnishift.api.cluster.Node;
import java.util.Set;

/** Which nodes the new CNI wires: those that joined with the label of the new side. */
final class NewSide {

    private static final Set<String> WITHOUT_AWS_NODE = Set.of("fargate", "hybrid", "auto");

    private NewSide() {}

    static boolean has(Node node, String label) {
        return node.labels().containsKey(label);
    }

    /** Whether aws-node belongs on that node: Linux, on EC2, and not of the new side. */
    static boolean needsAwsNode(Node node, String newSide) {
        String compute = node.labels().getOrDefault("eks.amazonaws.com/compute-type", "");
        return node.linux() && !WITHOUT_AWS_NODE.contains(compute) && !has(node, newSide);
    }
}
