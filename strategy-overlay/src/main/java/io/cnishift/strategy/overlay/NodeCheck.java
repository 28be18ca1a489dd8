package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.cilium.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Whether the nodes can run Cilium, are well, and belong to somebody who replaces them. */
final class NodeCheck {

    private static final int NAMED = 3;

    private NodeCheck() {}

    static List<Finding> check(View view) {
        List<Finding> findings = new ArrayList<>();
        List<Node> nodes = Fleet.nodes(view);
        many(nodes, n -> !suits(n), SiteCode.NODE_UNSUITABLE, "kernel or architecture is not supported: ", findings);
        many(nodes, n -> !n.ready(), SiteCode.NODE_NOT_READY, "not Ready: ", findings);
        many(nodes, Node::unschedulable, SiteCode.NODE_CORDONED, "cordoned: ", findings);
        many(
                nodes,
                n -> view.groupOf(n).isEmpty() && !n.labels().containsKey(KarpenterCheck.POOL),
                SiteCode.ORPHAN_NODE,
                "in no node group: ",
                findings);
        many(nodes, NodeCheck::al2, SiteCode.AL2, "Amazon Linux 2: ", findings);
        findings.addAll(KarpenterCheck.obstacles(view));
        return findings;
    }

    private static boolean al2(Node node) {
        return node.osImage().startsWith("Amazon Linux 2 ") || node.osImage().equals("Amazon Linux 2");
    }

    /** One finding for all nodes of a kind, with the first few by name. */
    private static void many(
            List<Node> nodes, Predicate<Node> which, SiteCode code, String what, List<Finding> findings) {
        List<String> hit =
                nodes.stream().filter(which).map(NodeCheck::described).toList();
        if (!hit.isEmpty()) {
            findings.add(code.finding(
                    hit.size() == 1 ? "node" : hit.size() + " nodes",
                    what
                            + String.join(", ", hit.subList(0, Math.min(NAMED, hit.size())))
                            + (hit.size() > NAMED ? " and " + (hit.size() - NAMED) + " more" : ""),
                    remedy(code)));
        }
    }

    private static String described(Node node) {
        return suits(node) ? node.name() : node.name() + " (" + node.kernel() + ", " + node.architecture() + ")";
    }

    private static String remedy(SiteCode code) {
        return switch (code) {
            case NODE_UNSUITABLE -> "give the group an image with a newer kernel";
            case NODE_NOT_READY -> "repair or replace them first";
            case NODE_CORDONED -> "uncordon them, or leave them: they are replaced too";
            case ORPHAN_NODE -> "drain and terminate them, or tag their Auto Scaling group for the cluster";
            default -> "move the group to Amazon Linux 2023 in the same change";
        };
    }

    /** Whether the kernel is 5.10 or later, and the architecture amd64 or arm64. What is not known is not suitable. */
    static boolean suits(Node node) {
        return Kernel.suits(node.kernel()) && Set.of("amd64", "arm64").contains(node.architecture());
    }
}
