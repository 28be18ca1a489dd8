package io.cnishift.adapters.aws;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A NodeConfig document of nodeadm, written as JSON, which is YAML too. */
final class NodeConfig {

    /** Its media type in a MIME archive. */
    static final String TYPE = "application/node.eks.aws";

    private NodeConfig() {}

    static String of(NodeSettings settings) {
        Map<String, Object> kubelet = new LinkedHashMap<>();
        settings.maxPods().ifPresent(n -> kubelet.put("config", Map.of("maxPods", n)));
        List<String> flags = Stream.of(settings.labelsFlag(), settings.taintsFlag())
                .filter(flag -> !flag.isEmpty())
                .toList();
        if (!flags.isEmpty()) {
            kubelet.put("flags", flags);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "node.eks.aws/v1alpha1");
        document.put("kind", "NodeConfig");
        Map<String, Object> spec = new LinkedHashMap<>();
        settings.joins().ifPresent(cluster -> spec.put("cluster", cluster.tree()));
        if (!kubelet.isEmpty() || settings.joins().isEmpty()) {
            spec.put("kubelet", kubelet);
        }
        document.put("spec", spec);
        return Serialization.asJson(document);
    }
}
