package io.cnishift.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lists whose items have an identity, by the name of the field that holds them. Every other list is one value.
 *
 * <p>Source: the patchMergeKey and list-map-keys markers of the Kubernetes API types. A field name is enough: the same name
 * never stands for lists of two sorts in the kinds that are modelled, but for {@code ports}, which a Service keys by port
 * and a container by containerPort.
 */
public final class MergeKeys {
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("conditions", List.of("type")),
            Map.entry("addresses", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("webhooks", List.of("name")));
    private static final List<String> CONTAINER_PORT = List.of("containerPort", "protocol");
    private static final List<String> SERVICE_PORT = List.of("port", "protocol");

    private MergeKeys() {}

    /** The keys of the items of that list, or empty when the list is one value for an apply. */
    public static Optional<List<String>> of(String field, List<?> items) {
        if (field.equals("ports")) {
            return portKeys(items);
        }
        return Optional.ofNullable(KEYS.get(field));
    }

    /**
     * The one key by which a strategic merge patch finds an item: the first of the keys. A Node's taints and a pod's
     * tolerations have none: a patch replaces them whole.
     */
    public static Optional<String> ofPatch(String field, List<?> items) {
        return of(field, items).map(keys -> keys.get(0));
    }

    private static Optional<List<String>> portKeys(List<?> items) {
        for (Object item : items) {
            if (item instanceof Map<?, ?> port) {
                if (port.containsKey("containerPort")) {
                    return Optional.of(CONTAINER_PORT);
                }
                if (port.containsKey("port") && !port.containsKey("endPort")) {
                    return Optional.of(SERVICE_PORT);
                }
            }
        }
        return Optional.empty();
    }

    /** The identity of an item as FieldsV1 writes it, e.g. {@code {"containerPort":80,"protocol":"TCP"}}. */
    public static String identity(Map<?, ?> item, List<String> keys) {
        List<String> values = new ArrayList<>();
        for (String key : keys) {
            Object value = item.get(key);
            if (value == null && key.equals("protocol")) {
                value = "TCP";
            }
            values.add(
                    quoted(key) + ":" + (value instanceof Number ? value.toString() : quoted(String.valueOf(value))));
        }
        return "{" + String.join(",", values) + "}";
    }

    /** The same from the values alone, in order of the keys of that list; numbers are told by their digits. */
    public static String written(String field, List<String> values) {
        List<String> keys = field.equals("ports") ? CONTAINER_PORT : KEYS.getOrDefault(field, List.of("name"));
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
            String value = values.get(i);
            pairs.add(quoted(keys.get(i)) + ":" + (value.matches("[0-9]+") ? value : quoted(value)));
        }
        return "{" + String.join(",", pairs) + "}";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
