package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a DaemonSet's rolling update. Without surge: pods that do not serve anyway go first, then as many as
 * maxUnavailable leaves. With surge: a new pod beside the old one, which goes when the new one is available.
 *
 * <p>Source: pkg/controller/daemon/update.go.
 */
record DaemonRoll(boolean byHand, long surge, long unavailable, long minReadySeconds) {

    static DaemonRoll of(Map<String, Object> set, long nodes) {
        Optional<String> surge = Tree.text(set, "spec", "updateStrategy", "rollingUpdate", "maxSurge");
        Optional<String> unavailable = Tree.text(set, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
        long above = Bounds.up(surge, nodes, 0);
        long below = Bounds.up(unavailable, nodes, above > 0 ? 0 : 1);
        boolean byHand = Tree.text(set, "spec", "updateStrategy", "type")
                .filter("OnDelete"::equals)
                .isPresent();
        return new DaemonRoll(
                byHand, above, above == 0 ? Math.max(1, below) : below, Tree.number(set, 0, "spec", "minReadySeconds"));
    }

    void step(Controller tools, Map<String, Object> set, String hash, DaemonNodes placed) {
        if (byHand) {
            return;
        }
        List<Map<String, Object>> serving = new ArrayList<>();
        List<String> single = new ArrayList<>();
        long down = 0;
        long extra = 0;
        for (String node : placed.wanted()) {
            List<Map<String, Object>> pods = placed.on(node);
            Optional<Map<String, Object>> old =
                    pods.stream().filter(p -> !isNew(p, hash)).findFirst();
            Optional<Map<String, Object>> now =
                    pods.stream().filter(p -> isNew(p, hash)).findFirst();
            down += pods.stream().anyMatch(p -> serves(tools, set, p)) ? 0 : 1;
            extra += pods.size() > 1 ? 1 : 0;
            if (old.isEmpty() || Pods.terminating(old.get())) {
                continue;
            }
            if (!serves(tools, set, old.get())
                    || now.filter(p -> serves(tools, set, p)).isPresent()) {
                tools.delete(old.get());
            } else if (now.isEmpty()) {
                serving.add(old.get());
                single.add(node);
            }
        }
        if (surge > 0) {
            single.stream().limit(Math.max(0, surge - extra)).forEach(n -> tools.create(DaemonSets.pod(set, n, hash)));
        } else {
            serving.stream().limit(Math.max(0, unavailable - down)).forEach(tools::delete);
        }
    }

    private static boolean isNew(Map<String, Object> pod, String hash) {
        return DaemonSets.hash(pod).equals(hash);
    }

    private boolean serves(Controller tools, Map<String, Object> set, Map<String, Object> pod) {
        return !Pods.terminating(pod) && tools.available(pod, minReadySeconds, Pods.key(set));
    }
}
