package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A Cilium agent that starts: where, by which pod, with which configuration. */
record AgentStart(String node, Map<String, Object> pod, Map<String, String> config) {

    AgentStart {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(pod, "pod");
        config = Map.copyOf(config);
    }

    boolean on(String key) {
        return AgentConfig.on(config, key);
    }

    /** Whether the agent is of that minor of Cilium 1 or a later one; an image without a readable tag counts as the latest. */
    boolean atLeast(int minor) {
        return container()
                .flatMap(c -> Tree.text(c, "image"))
                .map(image -> image.replaceFirst("@.*$", ""))
                .map(image -> image.substring(image.lastIndexOf(':') + 1))
                .filter(tag -> tag.matches("v?1\\.\\d+.*"))
                .map(tag -> Integer.parseInt(tag.replaceFirst("^v?1\\.(\\d+).*$", "$1")))
                .filter(has -> has < minor)
                .isEmpty();
    }

    /** The agent's container. */
    Optional<Map<String, Object>> container() {
        return Tree.maps(pod, "spec", "containers").stream()
                .filter(c -> "cilium-agent".equals(c.get("name")))
                .findFirst();
    }

    /** The API server's host that the chart's k8sServiceHost put into the environment. */
    Optional<String> serviceHost() {
        return container()
                .flatMap(c -> Tree.maps(c, "env").stream()
                        .filter(e -> "KUBERNETES_SERVICE_HOST".equals(e.get("name")))
                        .findFirst()
                        .flatMap(e -> Tree.text(e, "value")));
    }
}
