package io.cnishift.api.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pod template's spec without what is not cnishift's business: values of environment variables, secrets, mounts, limits.
 * What decides placement, network, ports, probes and identity stays as written.
 */
final class PodSpecs {
    private static final Set<String> KEPT = Set.of(
            "activeDeadlineSeconds",
            "affinity",
            "automountServiceAccountToken",
            "dnsConfig",
            "dnsPolicy",
            "hostIPC",
            "hostNetwork",
            "hostPID",
            "nodeName",
            "nodeSelector",
            "overhead",
            "preemptionPolicy",
            "priorityClassName",
            "readinessGates",
            "restartPolicy",
            "runtimeClassName",
            "schedulerName",
            "securityContext",
            "serviceAccountName",
            "terminationGracePeriodSeconds",
            "tolerations",
            "topologySpreadConstraints");
    private static final Set<String> KEPT_OF_CONTAINERS = Set.of(
            "args",
            "command",
            "image",
            "livenessProbe",
            "name",
            "ports",
            "readinessProbe",
            "restartPolicy",
            "securityContext",
            "startupProbe");

    /** How many interfaces Karpenter leaves out when it reckons the pods of a node. */
    private static final String RESERVED_ENIS = "RESERVED_ENIS";

    private PodSpecs() {}

    /** The spec that a record holds; with {@code values}, plain values of environment variables stay. */
    static Map<String, Object> pruned(Map<String, Object> spec, boolean values) {
        Map<String, Object> pruned = new LinkedHashMap<>();
        spec.forEach((key, value) -> {
            if (key.equals("containers") || key.equals("initContainers")) {
                pruned.put(key, containers(Tree.maps(spec, key), values));
            } else if (key.equals("volumes")) {
                pruned.put(key, volumes(Tree.maps(spec, key)));
            } else if (KEPT.contains(key)) {
                pruned.put(key, value);
            }
        });
        return pruned;
    }

    /** What a volume is made from: the key beside its name. */
    static String sourceOf(Map<String, Object> volume) {
        return volume.keySet().stream()
                .filter(k -> !k.equals("name"))
                .findFirst()
                .orElse("emptyDir");
    }

    private static List<Object> containers(List<Map<String, Object>> containers, boolean values) {
        List<Object> pruned = new ArrayList<>(containers.size());
        for (Map<String, Object> container : containers) {
            Map<String, Object> kept = new LinkedHashMap<>();
            container.forEach((key, value) -> {
                if (key.equals("env")) {
                    kept.put(key, env(Tree.maps(container, key), values));
                } else if (key.equals("resources")) {
                    Map<String, Object> requests = Tree.map(container, key, "requests");
                    if (!requests.isEmpty()) {
                        kept.put(key, Map.of("requests", requests));
                    }
                } else if (KEPT_OF_CONTAINERS.contains(key)) {
                    kept.put(key, value);
                }
            });
            pruned.add(kept);
        }
        return pruned;
    }

    private static List<Object> env(List<Map<String, Object>> env, boolean values) {
        List<Object> kept = new ArrayList<>(env.size());
        for (Map<String, Object> variable : env) {
            Map<String, Object> named = new LinkedHashMap<>();
            Optional<String> name = Tree.text(variable, "name");
            name.ifPresent(n -> named.put("name", n));
            if (values || name.filter(RESERVED_ENIS::equals).isPresent()) {
                Tree.text(variable, "value").ifPresent(v -> named.put("value", v));
            }
            kept.add(named);
        }
        return kept;
    }

    private static List<Object> volumes(List<Map<String, Object>> volumes) {
        List<Object> kept = new ArrayList<>(volumes.size());
        for (Map<String, Object> volume : volumes) {
            String source = sourceOf(volume);
            boolean named = Set.of("persistentVolumeClaim", "hostPath", "configMap", "emptyDir")
                    .contains(source);
            Map<String, Object> known = new LinkedHashMap<>();
            Tree.text(volume, "name").ifPresent(n -> known.put("name", n));
            known.put(source, named ? Tree.map(volume, source) : Map.of());
            kept.add(known);
        }
        return kept;
    }
}
