package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements that a role needs for a second issuer: those for the first one, in which the name of the first stands everywhere for
 * that of the second.
 */
final class TrustCopy {

    private static final String ID = "Sid";

    private TrustCopy() {}

    /** Those that the role does not have yet. */
    static List<Map<String, Object>> missing(Role role, String first, String second) {
        return Role.without(of(role, first, second), role.statements());
    }

    /** All of them, without ids, which a policy has once each, and the same however IAM has ordered their lists. */
    static List<Map<String, Object>> of(Role role, String first, String second) {
        List<Map<String, Object>> copies = new ArrayList<>();
        for (Map<String, Object> statement : role.naming(first)) {
            Map<String, Object> copy = replaced(statement, first, second);
            copy.remove(ID);
            copies.add(copy);
        }
        return copies;
    }

    private static Map<String, Object> replaced(Map<?, ?> tree, String first, String second) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(String.valueOf(key).replace(first, second), value(value, first, second)));
        return copy;
    }

    private static Object value(Object value, String first, String second) {
        if (value instanceof Map<?, ?> map) {
            return replaced(map, first, second);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(v -> value(v, first, second))
                    .sorted(Comparator.comparing(String::valueOf))
                    .toList();
        }
        return value instanceof String text ? text.replace(first, second) : value;
    }
}
