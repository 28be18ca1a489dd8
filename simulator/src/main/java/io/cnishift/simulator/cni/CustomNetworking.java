package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.EniConfig;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import java.util.Map;
import java.util.Optional;

/**
 * The ENIConfig of a node, by the name that the node gives: its label vpc.amazonaws.com/externalEniConfig, else the annotation
 * and then the label whose keys are set, else {@code default}. Source: amazon-vpc-cni-k8s pkg/eniconfig/eniconfig.go.
 */
final class CustomNetworking {

    private CustomNetworking() {}

    static boolean on(Map<String, String> env) {
        return env.getOrDefault("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "false").equalsIgnoreCase("true");
    }

    static Optional<Map<String, Object>> eniConfig(Kernel kernel, String node, Map<String, String> env) {
        Map<String, Object> tree = kernel.objects().get("Node", "", node).orElse(Map.of());
        Map<String, String> annotations = Tree.strings(tree, "metadata", "annotations");
        Map<String, String> labels = Tree.strings(tree, "metadata", "labels");
        String name = Optional.ofNullable(labels.get(EniConfig.EXTERNAL))
                .or(() -> Optional.ofNullable(
                        annotations.get(env.getOrDefault("ENI_CONFIG_ANNOTATION_DEF", EniConfig.NAMING))))
                .or(() -> Optional.ofNullable(labels.get(env.getOrDefault("ENI_CONFIG_LABEL_DEF", EniConfig.NAMING))))
                .orElse("default");
        return kernel.objects().get("ENIConfig", "", name);
    }
}
