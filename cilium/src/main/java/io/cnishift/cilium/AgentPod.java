package io.cnishift.cilium;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the chart puts into the agent's pod, and into the proxy's, that decides where they run and what they do to a node.
 *
 * @param removesAwsRules whether a hook after the start of the agent deletes the iptables rules of the VPC CNI on its node;
 *     the VPC CNI's own pods then no longer have their addresses rewritten
 * @param removesCniFileOnStop whether stopping the agent deletes Cilium's CNI files on its node
 * @param apiServerHost {@code KUBERNETES_SERVICE_HOST} of agent and operator, when the values name one
 * @param apiServerPort {@code KUBERNETES_SERVICE_PORT}, set together with the host, possibly to nothing
 * @param nodeSelector labels that a node of the agent must have
 * @param agentAffinity affinity of the agent's pods
 * @param envoyAffinity affinity of the proxy's pods; empty when the proxy is not a DaemonSet of its own
 */
record AgentPod(
        boolean removesAwsRules,
        boolean removesCniFileOnStop,
        Optional<String> apiServerHost,
        Optional<String> apiServerPort,
        Map<String, String> nodeSelector,
        Map<String, Object> agentAffinity,
        Optional<Map<String, Object>> envoyAffinity) {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    public AgentPod {
        Objects.requireNonNull(apiServerHost, "apiServerHost");
        Objects.requireNonNull(apiServerPort, "apiServerPort");
        nodeSelector = Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
        agentAffinity = Collections.unmodifiableMap(new TreeMap<>(agentAffinity));
        envoyAffinity = envoyAffinity.map(affinity -> Collections.unmodifiableMap(new TreeMap<>(affinity)));
    }

    /** What the chart makes of these values. */
    public static AgentPod of(CiliumVersion version, Values values) {
        Settings settings = new Settings(version, values);
        boolean installs = settings.on("cni.install");
        Optional<String> host = settings.nonEmpty("k8sServiceHost");
        return new AgentPod(
                installs && !settings.chainingMode().equals("aws-cni") && settings.on("cni.iptablesRemoveAWSRules"),
                installs && settings.on("cni.uninstall") && !settings.on("cni.customConf"),
                host,
                host.map(any -> settings.text("k8sServicePort").orElse("")),
                nodeSelector(values),
                affinity(values, "affinity", agentDefault()),
                settings.envoyDaemonSet()
                        ? Optional.of(affinity(values, "envoy.affinity", envoyDefault()))
                        : Optional.empty());
    }

    private static Map<String, String> nodeSelector(Values values) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("kubernetes.io/os", "linux");
        if (values.get("nodeSelector").orElse(Map.of()) instanceof Map<?, ?> set) {
            set.forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
        }
        return labels;
    }

    /** What is set is merged over what the chart has, as Helm does with every map. */
    private static Map<String, Object> affinity(Values values, String path, Values byDefault) {
        Object set = values.get(path).orElse(Map.of());
        Values merged =
                set instanceof Map<?, ?> ? byDefault.merge(Values.empty().with("it", set)) : byDefault;
        Map<String, Object> affinity = new TreeMap<>();
        if (merged.get("it").orElse(Map.of()) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    affinity.put(String.valueOf(key), value);
                }
            });
        }
        return affinity;
    }

    private static Values agentDefault() {
        return Values.empty().with("it.podAntiAffinity." + REQUIRED, List.of(sameHost("cilium")));
    }

    private static Values envoyDefault() {
        Map<String, Object> noSchedule =
                Map.of("key", "cilium.io/no-schedule", "operator", "NotIn", "values", List.of("true"));
        return Values.empty()
                .with(
                        "it.nodeAffinity." + REQUIRED + ".nodeSelectorTerms",
                        List.of(Map.of("matchExpressions", List.of(noSchedule))))
                .with("it.podAffinity." + REQUIRED, List.of(sameHost("cilium")))
                .with("it.podAntiAffinity." + REQUIRED, List.of(sameHost("cilium-envoy")));
    }

    private static Map<String, Object> sameHost(String app) {
        return Map.of(
                "topologyKey",
                "kubernetes.io/hostname",
                "labelSelector",
                Map.of("matchLabels", Map.of("k8s-app", app)));
    }
}
