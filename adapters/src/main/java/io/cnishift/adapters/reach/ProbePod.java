package io.cnishift.adapters.reach;

import io.cnishift.adapters.kubernetes.OwnPods;
import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A pod that is there for one question. Pure.
 *
 * <p>The scheduler puts it on its node, so that what keeps all pods away from a node keeps it away too: no room, no address, an
 * agent that is not ready. It bears what only some pods bear: a cordon, and taints that set nodes apart. Nobody need clean up after
 * it: it ends by itself, and its life after that costs neither an address nor room.
 *
 * @param part that it has in the question
 * @param host whether it uses the network of its node
 */
record ProbePod(String name, String part, String node, boolean host, List<String> command) {

    private static final String NODES = "node.kubernetes.io/";
    private static final String CORDON = NODES + "unschedulable";

    /** Taints of nodes that are not ready for any pod. */
    private static final List<String> NOT_YET =
            List.of("node.cilium.io/agent-not-ready", "node.cloudprovider.kubernetes.io/", "karpenter.sh/unregistered");

    private static final long LIFE_SECONDS = 60;
    private static final long NOBODY = 65534;

    ProbePod {
        Objects.requireNonNull(name);
        Objects.requireNonNull(part);
        Objects.requireNonNull(node);
        command = List.copyOf(command);
    }

    /**
     * The object.
     *
     * @param taints of the node
     * @param port that it listens on; 0 for none
     */
    Map<String, Object> object(String image, List<Map<String, Object>> taints, int port) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("namespace", OwnPods.NAMESPACE);
        metadata.put("labels", OwnPods.labels(part));
        metadata.put("annotations", Map.of("cluster-autoscaler.kubernetes.io/safe-to-evict", "true"));
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("apiVersion", "v1");
        pod.put("kind", "Pod");
        pod.put("metadata", metadata);
        pod.put("spec", spec(image, taints, port));
        return pod;
    }

    private Map<String, Object> spec(String image, List<Map<String, Object>> taints, int port) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("affinity", Map.of("nodeAffinity", onNode()));
        spec.put("tolerations", tolerations(taints));
        spec.put("restartPolicy", "Never");
        spec.put("activeDeadlineSeconds", LIFE_SECONDS);
        spec.put("terminationGracePeriodSeconds", 1L);
        spec.put("automountServiceAccountToken", false);
        spec.put("enableServiceLinks", false);
        spec.put("hostNetwork", host);
        spec.put("dnsPolicy", host ? "ClusterFirstWithHostNet" : "ClusterFirst");
        // the resolver's own patience is longer than that of a question
        spec.put(
                "dnsConfig",
                Map.of(
                        "options",
                        List.of(Map.of("name", "timeout", "value", "2"), Map.of("name", "attempts", "value", "2"))));
        spec.put("securityContext", ofPod(port));
        spec.put("containers", List.of(container(image)));
        return spec;
    }

    private Map<String, Object> onNode() {
        Map<String, Object> named = Map.of("key", "metadata.name", "operator", "In", "values", List.of(node));
        return Map.of(
                "requiredDuringSchedulingIgnoredDuringExecution",
                Map.of("nodeSelectorTerms", List.of(Map.of("matchFields", List.of(named)))));
    }

    private static List<Map<String, Object>> tolerations(List<Map<String, Object>> taints) {
        List<Map<String, Object>> all = new ArrayList<>();
        all.add(Map.of("key", CORDON, "operator", "Exists", "effect", "NoSchedule"));
        taints.stream()
                .filter(taint -> bearable(Tree.text(taint, "key").orElse("")))
                .forEach(taint -> all.add(Map.of(
                        "key",
                        Tree.text(taint, "key").orElse(""),
                        "operator",
                        "Exists",
                        "effect",
                        Tree.text(taint, "effect").orElse(""))));
        return all;
    }

    private static boolean bearable(String key) {
        return !key.startsWith(NODES) && NOT_YET.stream().noneMatch(key::startsWith);
    }

    private Map<String, Object> ofPod(int port) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("runAsNonRoot", true);
        context.put("runAsUser", NOBODY);
        context.put("seccompProfile", Map.of("type", "RuntimeDefault"));
        if (port > 0 && !host) {
            context.put("sysctls", List.of(Map.of("name", "net.ipv4.ip_unprivileged_port_start", "value", "0")));
        }
        return context;
    }

    private Map<String, Object> container(String image) {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", "probe");
        container.put("image", image);
        container.put("imagePullPolicy", "IfNotPresent");
        container.put("command", command);
        container.put("terminationMessagePolicy", "FallbackToLogsOnError");
        container.put(
                "resources",
                Map.of("requests", Map.of("cpu", "5m", "memory", "16Mi"), "limits", Map.of("memory", "64Mi")));
        container.put(
                "securityContext",
                Map.of(
                        "allowPrivilegeEscalation",
                        false,
                        "readOnlyRootFilesystem",
                        true,
                        "capabilities",
                        Map.of("drop", List.of("ALL"))));
        return container;
    }

    /** Why a pod does not get on, where it is not only a matter of time. */
    static Stream<String> stuck(Map<String, Object> pod) {
        return Tree.maps(pod, "status", "containerStatuses").stream()
                .map(status -> Tree.map(status, "state", "waiting"))
                .filter(waiting -> Tree.text(waiting, "reason")
                        .filter(reason -> reason.matches("ErrImage.*|ImagePull.*|InvalidImageName|Create.*Error"))
                        .isPresent())
                .map(waiting -> Tree.text(waiting, "reason").orElse("")
                        + Tree.text(waiting, "message").map(m -> ": " + m).orElse(""));
    }
}
