package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Cilium agent reads when it starts, and only then: cilium-config, and over it the CiliumNodeConfigs of kube-system that
 * select its node, in order of their names. Source: cilium Documentation/configuration/per-node-config.rst.
 */
final class AgentConfig {

    static final String CONFIG_MAP = "cilium-config";

    private AgentConfig() {}

    static Map<String, String> read(Kernel kernel, String node) {
        Map<String, String> config = new LinkedHashMap<>(configMap(kernel));
        Map<String, String> labels = kernel.objects()
                .get("Node", "", node)
                .map(n -> Tree.strings(n, "metadata", "labels"))
                .orElse(Map.of());
        kernel.objects().list("CiliumNodeConfig", DaemonPods.NAMESPACE).stream()
                .filter(c -> selects(c, labels))
                .sorted(Comparator.comparing(ObjectKey::of))
                .forEach(c -> config.putAll(Tree.strings(c, "spec", "defaults")));
        return Map.copyOf(config);
    }

    static Map<String, String> configMap(Kernel kernel) {
        return kernel.objects()
                .get("ConfigMap", DaemonPods.NAMESPACE, CONFIG_MAP)
                .map(m -> Tree.strings(m, "data"))
                .orElse(Map.of());
    }

    static boolean on(Map<String, String> config, String key) {
        return config.getOrDefault(key, "false").equals("true");
    }

    private static boolean selects(Map<String, Object> nodeConfig, Map<String, String> labels) {
        return labels.entrySet()
                .containsAll(Tree.strings(nodeConfig, "spec", "nodeSelector", "matchLabels")
                        .entrySet());
    }
}
