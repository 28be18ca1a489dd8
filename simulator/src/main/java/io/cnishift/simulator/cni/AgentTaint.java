package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The operator takes the taint agent-not-ready off a node whose agent is ready, and puts it on one whose agent pod is there but
 * is not; a node without an agent pod is left as it is.
 */
public final class AgentTaint implements Behaviour {

    private static final String KEY = "node.cilium.io/agent-not-ready";

    @Override
    public String id() {
        return "cilium-operator-agent-taint";
    }

    @Override
    public String source() {
        return "cilium Documentation/installation/taints.rst, operator/watchers/node_taint.go";
    }

    @Override
    public void install(Kernel kernel) {
        Operators operators = Operators.of(kernel);
        operators.does(config -> pass(kernel, config.getOrDefault("agent-not-ready-taint-key", KEY)));
        kernel.objects().listen("Pod", (before, after) -> {
            if (after.or(() -> before)
                    .flatMap(DaemonPods::daemon)
                    .filter(DaemonPods.CILIUM::equals)
                    .isPresent()) {
                operators.wake();
            }
        });
        kernel.objects().listen("Node", (before, after) -> {
            if (before.isEmpty()) {
                operators.wake();
            }
        });
        operators.wake();
    }

    private static void pass(Kernel kernel, String key) {
        for (Map<String, Object> node : List.copyOf(kernel.objects().list("Node"))) {
            String name = ObjectKey.of(node).name();
            boolean tainted = Tree.maps(node, "spec", "taints").stream().anyMatch(t -> key.equals(t.get("key")));
            DaemonPods.of(kernel).running(DaemonPods.CILIUM, name).ifPresent(pod -> {
                boolean ready = PodHealth.isReady(pod);
                if (ready == tainted) {
                    kernel.objects().update("Node", "", name, "cilium-operator", n -> taint(n, key, !ready));
                }
            });
        }
    }

    private static Map<String, Object> taint(Map<String, Object> node, String key, boolean on) {
        List<Map<String, Object>> taints = new ArrayList<>(Tree.maps(node, "spec", "taints"));
        taints.removeIf(t -> key.equals(t.get("key")));
        if (on) {
            taints.add(Trees.of("key", key, "effect", "NoSchedule"));
        }
        return taints.isEmpty() ? Trees.without(node, "spec", "taints") : Trees.with(node, taints, "spec", "taints");
    }
}
