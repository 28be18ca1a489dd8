package io.cnishift.it.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Nodes and pods as the API server told them at one time. */
record Scene(Map<String, Node> nodes, List<Pod> pods) {

    static Scene of(KubernetesClient client) {
        Map<String, Node> nodes = client.nodes().list().getItems().stream()
                .collect(Collectors.toMap(n -> n.getMetadata().getName(), Function.identity()));
        return new Scene(nodes, client.pods().inAnyNamespace().list().getItems());
    }

    /** The pods that a kubelet of a node that is there has to care for. */
    List<Pod> placed() {
        return pods.stream()
                .filter(pod -> node(pod).filter(nodes::containsKey).isPresent())
                .toList();
    }

    static Optional<String> node(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getNodeName());
    }

    static boolean runs(Pod pod) {
        return "Running".equals(pod.getStatus().getPhase()) && !ends(pod);
    }

    static boolean ends(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    static boolean onHost(Pod pod) {
        return Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }

    /** The running pod on a node with that label {@code k8s-app}. */
    Optional<Pod> daemon(String app, String node) {
        return pods.stream()
                .filter(Scene::runs)
                .filter(pod -> node(pod).equals(Optional.of(node)) && isApp(pod, app))
                .findFirst();
    }

    static boolean isApp(Pod pod, String app) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && app.equals(labels.get("k8s-app"));
    }

    /** The pod off the host network that has that address and runs. */
    Optional<Pod> podAt(String address) {
        return pods.stream()
                .filter(pod -> runs(pod) && !onHost(pod))
                .filter(pod -> address.equals(pod.getStatus().getPodIP()))
                .findFirst();
    }

    static String address(Node node) {
        return node.getStatus().getAddresses().stream()
                .filter(a -> a.getType().equals("InternalIP"))
                .map(a -> a.getAddress())
                .findFirst()
                .orElse("");
    }

    static boolean ready(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }
}
