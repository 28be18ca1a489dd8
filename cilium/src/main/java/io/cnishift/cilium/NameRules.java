package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names and types, one leaf at a time. */
final class NameRules {

    /** Values of which the chart or the agent accepts a few words only. */
    private static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("cni.chainingMode", Set.of("none", "aws-cni", "flannel", "generic-veth", "portmap")),
            Map.entry("encryption.type", Set.of("ipsec", "wireguard", "ztunnel")),
            Map.entry("identityManagementMode", Set.of("agent", "operator", "both")),
            Map.entry(
                    "ipam.mode",
                    Set.of(
                            "cluster-pool",
                            "kubernetes",
                            "crd",
                            "eni",
                            "azure",
                            "alibabacloud",
                            "multi-pool",
                            "delegated-plugin")),
            Map.entry("loadBalancer.mode", Set.of("snat", "dsr", "hybrid", "annotation")),
            Map.entry("policyEnforcementMode", Set.of("default", "always", "never")),
            Map.entry("routingMode", Set.of("", "tunnel", "native")),
            Map.entry("scheduling.mode", Set.of("anti-affinity", "kube-scheduler")),
            Map.entry("tunnelProtocol", Set.of("", "vxlan", "geneve")));

    private final CiliumVersion version;
    private final List<ValueProblem> problems = new ArrayList<>();

    private NameRules(CiliumVersion version) {
        this.version = version;
    }

    static List<ValueProblem> check(CiliumVersion version, Values values) {
        NameRules rules = new NameRules(version);
        values.leaves().forEach(rules::leaf);
        return rules.problems;
    }

    private void leaf(String path, @Nullable Object value) {
        if (value == null) {
            add(
                    ValueRule.NULL_VALUE,
                    path,
                    path + " holds nothing, so Helm drops the chart's default",
                    "give it a value, or" + " remove the line to keep the default");
            return;
        }
        Optional<ValueSpec> spec = ChartValues.find(version, path);
        Optional<RemovedValue> removed = spec.isPresent() ? Optional.empty() : ChartValues.removed(version, path);
        if (removed.isPresent()) {
            gone(path, removed.get());
        } else if (spec.isPresent()) {
            type(path, spec.get(), value);
        } else if (!ChartValues.isKnown(version, path)) {
            unknown(path);
        } else if (!(value instanceof Map) && !ChartValues.isBelowOpenMap(version, path)) {
            add(
                    ValueRule.VALUE_TYPE,
                    path,
                    path + " is a map of values, not " + value,
                    "set the values below it instead");
        } else if (ValuePath.hasFreeKeys(path)) {
            textOnly(path, value);
        }
    }

    private void unknown(String path) {
        List<String> suggestions = ChartValues.suggestions(version, path);
        add(
                ValueRule.UNKNOWN_VALUE,
                path,
                "the chart of Cilium " + version + " has no value " + path + " and would ignore it",
                suggestions.isEmpty()
                        ? "remove it, or look the name up in the chart's reference"
                        : "did you mean " + String.join(" or ", suggestions) + "?");
    }

    private void gone(String path, RemovedValue removed) {
        String effect = removed.effect() == RemovedValue.Effect.FAILS ? "refuses to render with it" : "ignores it";
        add(
                ValueRule.REMOVED_VALUE,
                path,
                "the chart of Cilium " + version + " no longer has " + removed.name() + " and " + effect,
                removed.remedy());
    }

    private void type(String path, ValueSpec spec, Object value) {
        if (!spec.accepts(value)) {
            add(
                    ValueRule.VALUE_TYPE,
                    path,
                    path + " must be " + spec.display() + ", not " + shown(value),
                    value instanceof Number && spec.types().contains(ValueType.STRING)
                            ? "put it in quotes"
                            : "give it as " + spec.display());
        } else if (WORDS.containsKey(path)
                && !WORDS.getOrDefault(path, Set.of()).contains(value.toString())) {
            String words = String.join(
                    ", ",
                    WORDS.getOrDefault(path, Set.of()).stream()
                            .filter(word -> !word.isEmpty())
                            .sorted()
                            .toList());
            add(ValueRule.VALUE_RANGE, path, path + " cannot be " + value, "use one of " + words);
        } else if (ValuePath.hasFreeKeys(path)) {
            textOnly(path, value);
        }
    }

    /** These maps go into Kubernetes objects whose API takes text only; YAML makes true and 1 something else. */
    private void textOnly(String path, Object value) {
        if (!(value instanceof Map<?, ?> map) || path.endsWith("autoCreateCiliumPodIPPools")) {
            return;
        }
        map.forEach((key, entry) -> {
            if (!(entry instanceof String)) {
                String name = path + "." + key;
                add(
                        ValueRule.VALUE_TYPE,
                        name,
                        name + " must be text, not " + shown(String.valueOf(entry)),
                        "put it in quotes");
            }
        });
    }

    private void add(ValueRule rule, String key, String message, String remedy) {
        problems.add(ValueProblem.error(rule, key, message, remedy));
    }

    private static String shown(Object value) {
        if (value instanceof Map) {
            return "a map";
        }
        return value instanceof List ? "a list" : value.toString();
    }
}
