package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a DaemonSet's rolling update. Without surge: pods that do not serve anyway go first, then as many as
 * maxUnavailable leaves. With surge: a new pod beside the old one, which goes when the new one is available.
 *
 * <p>Source: pkg/controller/daemon/update.go.
 */
record DaemonRoll(boolean byHand, long surge, long unavailable) {

    static DaemonRoll of(Map<String, Object> set, long nodes) {
        Optional<String> surge = Tree.text(set, "spec", "updateStrategy", "rollingUpdate", "maxSurge");
        Optional<String> unavailable = Tree.text(set, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
        long above = Bounds.up(surge, nodes, 0);
        long below = Bounds.up(unavailable, nodes, above > 0 ? 0 : 1);
        boolean byHand = Tree.text(set, "spec", "updateStrategy", "type")
                .filter("OnDelete"::equals)
                .isPresent();
        return new DaemonRoll(byHand, above, above == 0 ? Math.max(1, below) : below);
    }

    void step(Controller tools, Map<String, Object> set, String hash, DaemonNodes placed) {
        if (byHand) {
            return;
        }
        long down = (long) placed.wanted().size() - placed.tally().available();
        long room = surge > 0 ? surge - placed.tally().crowded() : unavailable - down;
        List<String> next = placed.serving().stream().limit(Math.max(0, room)).toList();
        List.copyOf(placed.idle()).forEach(node -> old(placed, node, hash).ifPresent(tools::delete));
        for (String node : next) {
            if (surge > 0) {
                tools.create(DaemonSets.pod(set, node, hash));
            } else {
                old(placed, node, hash).ifPresent(tools::delete);
            }
        }
    }

    private static Optional<Map<String, Object>> old(DaemonNodes placed, String node, String hash) {
        return placed.on(node).stream()
                .filter(p -> !DaemonSets.hash(p).equals(hash))
                .findFirst();
    }
}
