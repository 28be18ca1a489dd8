package io.cnishift.engine.step;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.CiliumNodeConfig;
import io.cnishift.api.cluster.EniConfig;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Records of the view written as API objects again, as far as the view knows them: to be compared with patches. Pure. */
final class Pictures {

    private Pictures() {}

    static Map<String, Object> of(Workload workload) {
        Map<String, Object> rolling = new LinkedHashMap<>();
        workload.maxSurge().ifPresent(v -> rolling.put("maxSurge", v));
        workload.maxUnavailable().ifPresent(v -> rolling.put("maxUnavailable", v));
        Map<String, Object> strategy = new LinkedHashMap<>();
        strategy.put("type", workload.updateStrategy());
        if (!rolling.isEmpty()) {
            strategy.put("rollingUpdate", rolling);
        }
        Map<String, Object> template = Map.of(
                "metadata",
                marks(workload.templateLabels(), workload.templateAnnotations()),
                "spec",
                workload.podSpec());
        Map<String, Object> spec = new LinkedHashMap<>();
        switch (workload.kind()) {
            case "CronJob" -> spec.put("suspend", workload.paused());
            case "DaemonSet" -> {}
            default -> spec.put("replicas", workload.desired());
        }
        spec.put(workload.kind().equals("Deployment") ? "strategy" : "updateStrategy", strategy);
        spec.put("template", template);
        return Map.of("metadata", marks(workload.labels(), Map.of()), "spec", spec);
    }

    static Map<String, Object> of(Service service) {
        List<Map<String, Object>> ports =
                service.ports().stream().map(Pictures::port).toList();
        return Map.of(
                "metadata",
                marks(service.labels(), service.annotations()),
                "spec",
                Map.of("type", service.type(), "selector", service.selector(), "ports", ports));
    }

    private static Map<String, Object> port(Service.Port port) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!port.name().isEmpty()) {
            tree.put("name", port.name());
        }
        tree.put("port", port.port());
        tree.put("targetPort", port.targetPort());
        tree.put("protocol", port.protocol().toUpperCase(Locale.ROOT));
        port.nodePort().ifPresent(n -> tree.put("nodePort", n));
        return tree;
    }

    static Map<String, Object> of(Ingress ingress) {
        return Map.of("metadata", marks(ingress.labels(), ingress.annotations()));
    }

    static Map<String, Object> of(Node node) {
        return Map.of("metadata", marks(node.labels(), node.annotations()));
    }

    /** What the view knows of an object; empty when it shows no objects of that kind. */
    static Optional<Sight> of(View view, ObjectRef ref) {
        String key = ref.namespace().map(n -> n + "/").orElse("") + ref.name();
        return switch (ref.kind()) {
            case "CiliumNodeConfig" -> {
                Optional<CiliumNodeConfig> config = view.get(Part.CILIUM_NODE_CONFIGS, CiliumNodeConfig.class, key);
                yield Optional.of(new Sight(true, config.map(Pictures::of)));
            }
            case "ENIConfig" -> {
                Optional<EniConfig> config = view.get(Part.ENI_CONFIGS, EniConfig.class, key);
                yield Optional.of(new Sight(true, config.map(Pictures::of)));
            }
            case "NetworkPolicy" ->
                Optional.of(new Sight(
                        false,
                        view.get(Part.NETWORK_POLICIES, NetworkPolicy.class, key)
                                .map(policy -> Map.of("spec", Map.of("podSelector", policy.podSelector())))));
            case "Service" -> Optional.of(new Sight(false, view.service(key).map(Pictures::of)));
            case "Deployment", "DaemonSet", "StatefulSet" ->
                Optional.of(
                        new Sight(false, view.workload(ref.kind() + "/" + key).map(Pictures::of)));
            default -> Optional.empty();
        };
    }

    /**
     * What the view shows of an object that it would show if it existed.
     *
     * @param whole whether it shows all of its spec
     */
    record Sight(boolean whole, Optional<Map<String, Object>> object) {}

    private static Map<String, Object> of(CiliumNodeConfig config) {
        return Map.of(
                "spec",
                Map.of("nodeSelector", Map.of("matchLabels", config.nodeSelector()), "defaults", config.defaults()));
    }

    private static Map<String, Object> of(EniConfig config) {
        return Map.of("spec", Map.of("subnet", config.subnet(), "securityGroups", config.securityGroups()));
    }

    private static Map<String, Object> marks(Map<String, String> labels, Map<String, String> annotations) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("labels", labels);
        metadata.put("annotations", annotations);
        return metadata;
    }
}
