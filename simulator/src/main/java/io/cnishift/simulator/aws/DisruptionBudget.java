package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;

/** How many nodes of a NodePool may be disrupted at once. Pure. Source: Karpenter documentation, NodePool disruption budgets. */
final class DisruptionBudget {

    private static final String DEFAULT = "10%";

    private DisruptionBudget() {}

    /**
     * So many more nodes may go now: the least that any budget of the pool allows; shares are rounded up.
     *
     * @param nodes that the pool has
     * @param going of them on their way out
     */
    static int of(Map<String, Object> pool, int nodes, int going) {
        List<Map<String, Object>> budgets = Tree.maps(pool, "spec", "disruption", "budgets");
        int most = budgets.stream()
                .mapToInt(b -> allowed(Tree.text(b, "nodes").orElse(DEFAULT), nodes))
                .min()
                .orElseGet(() -> allowed(DEFAULT, nodes));
        return Math.max(0, most - going);
    }

    private static int allowed(String text, int nodes) {
        return text.endsWith("%")
                ? (int) Math.ceil(nodes * Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0)
                : Integer.parseInt(text);
    }
}
