package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.roll.Names;
import io.cnishift.cilium.Kernel;
import java.util.List;
import java.util.Set;

/** Whether the nodes can run Cilium. */
final class NodeCheck {

    private static final int NAMED = 3;

    private NodeCheck() {}

    /** One finding for all nodes that cannot, with the first few by name. */
    static List<Finding> check(Site site) {
        List<String> hit = site.nodes().stream()
                .filter(n -> !suits(n))
                .map(n -> n.name() + " (" + n.kernel() + ", " + n.architecture() + ")")
                .toList();
        return hit.isEmpty()
                ? List.of()
                : List.of(SiteCode.NODE_UNSUITABLE.finding(
                        hit.size() == 1 ? "node" : hit.size() + " nodes",
                        "kernel or architecture is not supported: " + Names.some(hit, NAMED),
                        "give the group an image with a newer kernel"));
    }

    /** Whether the kernel is 5.10 or later, and the architecture amd64 or arm64. What is not known is not suitable. */
    static boolean suits(Node node) {
        return Kernel.suits(node.kernel()) && Set.of("amd64", "arm64").contains(node.architecture());
    }
}
