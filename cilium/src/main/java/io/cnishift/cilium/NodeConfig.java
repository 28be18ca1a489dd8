package io.cnishift.cilium;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A CiliumNodeConfig: what the agents of some nodes read instead of {@link Migration#CONFIG_MAP}. It takes effect when the
 * agent of a node starts, so nodes must carry the labels when they join.
 *
 * @param name name of the object, in {@link Migration#NAMESPACE}
 * @param matchLabels labels that a node must have
 * @param defaults ConfigMap keys with the values that replace those of the ConfigMap
 * @param reasons for each key of {@code defaults} why it is there
 */
public record NodeConfig(
        String name,
        SortedMap<String, String> matchLabels,
        SortedMap<String, String> defaults,
        SortedMap<String, String> reasons) {

    public NodeConfig {
        matchLabels = Collections.unmodifiableSortedMap(new TreeMap<>(matchLabels));
        defaults = Collections.unmodifiableSortedMap(new TreeMap<>(defaults));
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
        if (!reasons.keySet().equals(defaults.keySet())) {
            throw new IllegalArgumentException(
                    "keys and reasons differ: " + defaults.keySet() + " and " + reasons.keySet());
        }
    }

    /** Without a key yet, for the nodes with one label. */
    static NodeConfig forNodes(String name, String label, String value) {
        return new NodeConfig(name, new TreeMap<>(Map.of(label, value)), new TreeMap<>(), new TreeMap<>());
    }

    /** The same with one more key. */
    NodeConfig own(String key, String value, String because) {
        SortedMap<String, String> moreDefaults = new TreeMap<>(defaults);
        moreDefaults.put(key, value);
        SortedMap<String, String> moreReasons = new TreeMap<>(reasons);
        moreReasons.put(key, because);
        return new NodeConfig(name, matchLabels, moreDefaults, moreReasons);
    }

    /** The Kubernetes object as nested maps, ready to be applied. */
    public Map<String, Object> manifest() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("nodeSelector", Map.of("matchLabels", matchLabels));
        spec.put("defaults", defaults);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("namespace", Migration.NAMESPACE);
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("apiVersion", Migration.NODE_CONFIG_API_VERSION);
        manifest.put("kind", Migration.NODE_CONFIG_KIND);
        manifest.put("metadata", metadata);
        manifest.put("spec", spec);
        return Collections.unmodifiableMap(manifest);
    }

    /** The configuration that an agent on a matching node runs with. */
    public SortedMap<String, String> over(Map<String, String> configMap) {
        SortedMap<String, String> merged = new TreeMap<>(configMap);
        merged.putAll(defaults);
        return Collections.unmodifiableSortedMap(merged);
    }

    /** Whether a node with these labels is one of those meant. */
    public boolean selects(Map<String, String> nodeLabels) {
        return nodeLabels.entrySet().containsAll(matchLabels.entrySet());
    }
}
