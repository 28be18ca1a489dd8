package io.cnishift.simulator.kube.kubelet;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Ready condition of nodes: the kubelet's word while it reports, which hangs on the pod network; Unknown some time after
 * it has gone silent, when its pods are no longer taken for ready either.
 */
final class NodeHeartbeat implements Behaviour {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    /** Default --node-monitor-grace-period; 50 s from Kubernetes 1.32 on. */
    private static final Duration SILENCE = Duration.ofSeconds(50);

    private final Map<String, Instant> silentSince = new HashMap<>();
    /** Nodes of which anything has changed since they were looked at; of all others the same would be said again. */
    private final Set<String> touched = new TreeSet<>();

    @Override
    public String id() {
        return "node-heartbeat";
    }

    @Override
    public String source() {
        return "pkg/kubelet/nodestatus (ReadyCondition); node lifecycle controller, node-monitor-grace-period";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.objects().list("Node").forEach(n -> touched.add(Pods.key(n).name()));
        kernel.objects().listen("Node", (before, after) -> {
            String name = Pods.key(after.or(() -> before).orElseThrow()).name();
            if (after.isPresent()) {
                touched.add(name);
            } else {
                touched.remove(name);
                silentSince.remove(name);
            }
        });
        kernel.listenToHosts(touched::add);
        kernel.clock().after(PERIOD, () -> beat(kernel));
    }

    private void beat(Kernel kernel) {
        List<String> names = List.copyOf(touched);
        touched.clear();
        for (String name : names) {
            try {
                kernel.objects().get("Node", "", name).ifPresent(node -> look(kernel, name, node));
            } catch (ApiRefusal refused) {
                // the API server would not take the status: it is said again at the next beat
                touched.add(name);
            }
        }
        kernel.clock().after(PERIOD, () -> beat(kernel));
    }

    private void look(Kernel kernel, String name, Map<String, Object> node) {
        Instant now = kernel.clock().now();
        if (kernel.powered(name)) {
            boolean wasSilent = silentSince.remove(name) != null;
            Optional<String> trouble = kernel.podNetwork().notReadyReason(name);
            boolean changed = write(
                    kernel,
                    node,
                    trouble.isEmpty() ? "True" : "False",
                    trouble.map(NodeHeartbeat::networkMessage).orElse("kubelet is posting ready status"));
            if (wasSilent && changed) {
                pods(kernel, name, true);
            }
        } else if (silentSince.computeIfAbsent(name, n -> now).plus(SILENCE).isAfter(now)) {
            touched.add(name);
        } else if (write(kernel, node, "Unknown", "Kubelet stopped posting node status.")) {
            pods(kernel, name, false);
        }
    }

    private static String networkMessage(String reason) {
        return "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network"
                + " plugin returns error: " + reason;
    }

    /** Whether the condition changed. */
    private static boolean write(Kernel kernel, Map<String, Object> node, String value, String message) {
        Optional<Map<String, Object>> old = ready(node);
        if (old.filter(c -> value.equals(c.get("status"))).isPresent()) {
            return false;
        }
        List<Map<String, Object>> conditions = new ArrayList<>(Tree.maps(node, "status", "conditions"));
        conditions.removeIf(c -> "Ready".equals(c.get("type")));
        conditions.add(Trees.of(
                "type",
                "Ready",
                "status",
                value,
                "reason",
                value.equals("True") ? "KubeletReady" : value.equals("False") ? "KubeletNotReady" : "NodeStatusUnknown",
                "message",
                message,
                "lastTransitionTime",
                kernel.clock().now().toString()));
        kernel.objects().status(Pods.key(node), "kubelet", s -> Trees.with(s, conditions, "conditions"));
        return true;
    }

    private static Optional<Map<String, Object>> ready(Map<String, Object> node) {
        return Tree.maps(node, "status", "conditions").stream()
                .filter(c -> "Ready".equals(c.get("type")))
                .findFirst();
    }

    /** Takes the node's running pods for ready or not. */
    private static void pods(Kernel kernel, String node, boolean ready) {
        for (Map<String, Object> pod : PodIndexes.of(kernel).on(node)) {
            if (Pods.phase(pod).equals("Running") && Pods.ready(pod) != ready && !ContainerStatuses.waiting(pod)) {
                ObjectKey key = Pods.key(pod);
                List<Map<String, Object>> conditions = Tree.maps(pod, "status", "conditions").stream()
                        .map(c -> "Ready".equals(c.get("type"))
                                ? Trees.of(
                                        "type",
                                        "Ready",
                                        "status",
                                        ready ? "True" : "False",
                                        "lastTransitionTime",
                                        kernel.clock().now().toString())
                                : c)
                        .toList();
                kernel.objects().status(key, "node-controller", s -> Trees.with(s, conditions, "conditions"));
            }
        }
    }
}
