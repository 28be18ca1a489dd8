package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiServer;
import io.cnishift.simulator.kube.ApiServer.Writer;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Empties a node for somebody: it takes no more pods, and those that it has are evicted as far and as soon as budgets allow. */
final class NodeDrain {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Kernel kernel;
    private final ApiServer api;
    private final String who;

    NodeDrain(Kernel kernel, String who) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.who = Objects.requireNonNull(who, "who");
        api = new ApiServer(kernel);
    }

    /** Closes the node in that way, and empties it from now on, as long as it is there. */
    void begin(String node, UnaryOperator<Map<String, Object>> close) {
        if (kernel.objects().get("Node", "", node).isPresent()) {
            kernel.objects().update("Node", "", node, who, close);
            goOn(node);
        }
    }

    /** Cordons. */
    static Map<String, Object> cordoned(Map<String, Object> node) {
        return Trees.with(node, true, "spec", "unschedulable");
    }

    /** Taints as Karpenter does. */
    static Map<String, Object> disrupted(Map<String, Object> node) {
        List<Object> taints = new ArrayList<>(Tree.list(node, "spec", "taints"));
        taints.add(Map.of("key", "karpenter.sh/disrupted", "effect", "NoSchedule"));
        return Trees.with(node, taints, "spec", "taints");
    }

    /** Whether a pod belongs to a DaemonSet, so that a drain leaves it. */
    static boolean ofDaemon(Map<String, Object> pod) {
        return Pods.controller(pod)
                .filter(c -> "DaemonSet".equals(c.get("kind")))
                .isPresent();
    }

    private void goOn(String node) {
        if (kernel.objects().get("Node", "", node).isEmpty() || !kernel.powered(node)) {
            return;
        }
        PodIndexes.of(kernel).on(node).stream()
                .filter(p -> !Pods.finished(p) && !Pods.terminating(p) && !ofDaemon(p))
                .toList()
                .forEach(this::evict);
        kernel.clock().after(LOOK, () -> goOn(node));
    }

    private void evict(Map<String, Object> pod) {
        try {
            api.evict(ObjectKey.of(pod), Pods.uid(pod), OptionalLong.empty(), Writer.named(who));
        } catch (ApiRefusal refused) {
            // tried again at the next look, for a budget may allow it then
        }
    }
}
