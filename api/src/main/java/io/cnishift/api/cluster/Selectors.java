package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;

/** Label selectors of Kubernetes: {@code matchLabels} and {@code matchExpressions}. Pure. */
public final class Selectors {

    private Selectors() {}

    /** Whether the selector matches the labels; an empty selector matches everything. */
    public static boolean matches(Map<String, ?> selector, Map<String, String> labels) {
        for (Map.Entry<String, Object> wanted :
                Tree.map(selector, "matchLabels").entrySet()) {
            if (!String.valueOf(wanted.getValue()).equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        List<Map<String, Object>> expressions = Tree.maps(selector, "matchExpressions");
        return expressions.isEmpty() || expressions.stream().allMatch(e -> holds(e, labels));
    }

    private static boolean holds(Map<String, Object> expression, Map<String, String> labels) {
        String key = Tree.text(expression, "key").orElse("");
        String value = labels.get(key);
        List<String> values = Tree.texts(expression, "values");
        return switch (Tree.text(expression, "operator").orElse("")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && Long.parseLong(value) > Long.parseLong(values.get(0));
            case "Lt" -> value != null && Long.parseLong(value) < Long.parseLong(values.get(0));
            default -> false;
        };
    }
}
