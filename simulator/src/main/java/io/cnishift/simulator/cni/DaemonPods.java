package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.Pods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The pods of the network's own DaemonSets, by DaemonSet and node, and what can be read off them. */
final class DaemonPods {

    static final String NAMESPACE = "kube-system";
    static final String AWS_NODE = "aws-node";
    static final String CILIUM = "cilium";
    static final String KUBE_PROXY = "kube-proxy";

    private final Kernel kernel;
    private final ObjectIndex byNode;

    private DaemonPods(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        byNode = kernel.objects().index("Pod", pod -> {
            Optional<String> daemon = daemon(pod);
            Optional<String> node = Pods.node(pod);
            return daemon.isPresent() && node.isPresent() ? List.of(key(daemon.get(), node.get())) : List.of();
        });
    }

    static DaemonPods of(Kernel kernel) {
        return kernel.shared(DaemonPods.class, DaemonPods::new);
    }

    /** The DaemonSet of kube-system that controls a pod. */
    static Optional<String> daemon(Map<String, ?> pod) {
        if (!ObjectKey.of(pod).namespace().equals(NAMESPACE)) {
            return Optional.empty();
        }
        return Pods.controller(pod)
                .filter(r -> "DaemonSet".equals(r.get("kind")))
                .flatMap(r -> Tree.text(r, "name"));
    }

    /** The running pod of a DaemonSet on a node. */
    Optional<Map<String, Object>> running(String daemon, String node) {
        return byNode.of(key(daemon, node)).stream().filter(DaemonPods::runs).findFirst();
    }

    /** Whether its containers run and nobody has asked them to end. */
    static boolean runs(Map<String, ?> pod) {
        return Pods.phase(pod).equals("Running") && !Pods.terminating(pod);
    }

    /** The environment of a container; one that a snapshot's pod does not show is read from its DaemonSet. */
    Map<String, String> env(Map<String, Object> pod, String container) {
        return container(Tree.map(pod, "spec"), container)
                .or(() -> daemon(pod)
                        .flatMap(d -> kernel.objects().get("DaemonSet", NAMESPACE, d))
                        .flatMap(d -> container(Tree.map(d, "spec", "template", "spec"), container)))
                .map(DaemonPods::env)
                .orElse(Map.of());
    }

    private static Optional<Map<String, Object>> container(Map<String, Object> podSpec, String name) {
        return Tree.maps(podSpec, "containers").stream()
                .filter(c -> name.equals(c.get("name")))
                .findFirst();
    }

    private static Map<String, String> env(Map<String, Object> container) {
        Map<String, String> env = new LinkedHashMap<>();
        for (Map<String, Object> entry : Tree.maps(container, "env")) {
            Tree.text(entry, "value")
                    .ifPresent(v -> env.put(Tree.text(entry, "name").orElse(""), v));
        }
        return env;
    }

    private static String key(String daemon, String node) {
        return daemon + "@" + node;
    }
}
