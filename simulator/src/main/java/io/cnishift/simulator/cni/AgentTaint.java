package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The operator takes the taint agent-not-ready off a node whose agent is ready, and puts it on one whose agent pod is there but
 * is not; a node without an agent pod is left as it is.
 */
public final class AgentTaint implements Behaviour {

    private static final String KEY = "node.cilium.io/agent-not-ready";

    /** Nodes of which the operator has heard since it last passed over them. */
    private final Set<String> touched = new TreeSet<>();

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
        kernel.objects().list("Node").forEach(n -> touched.add(ObjectKey.of(n).name()));
        kernel.objects().listen("Pod", (before, after) -> {
            Map<String, Object> pod = after.or(() -> before).orElseThrow();
            if (DaemonPods.daemon(pod).filter(DaemonPods.CILIUM::equals).isPresent()) {
                Pods.node(pod).ifPresent(touched::add);
                operators.wake();
            }
        });
        kernel.objects().listen("Node", (before, after) -> {
            touched.add(ObjectKey.of(after.or(() -> before).orElseThrow()).name());
            if (before.isEmpty()) {
                operators.wake();
            }
        });
        operators.wake();
    }

    private void pass(Kernel kernel, String key) {
        List<String> names = List.copyOf(touched);
        touched.clear();
        names.forEach(name -> kernel.objects().get("Node", "", name).ifPresent(node -> pass(kernel, key, name, node)));
    }

    private static void pass(Kernel kernel, String key, String name, Map<String, Object> node) {
        boolean tainted = Tree.maps(node, "spec", "taints").stream().anyMatch(t -> key.equals(t.get("key")));
        DaemonPods.of(kernel).running(DaemonPods.CILIUM, name).ifPresent(pod -> {
            boolean ready = PodHealth.isReady(pod);
            if (ready == tainted) {
                kernel.objects().update("Node", "", name, "cilium-operator", n -> taint(n, key, !ready));
            }
        });
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
