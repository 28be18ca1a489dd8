package io.cnishift.simulator.kube;

import io.cnishift.simulator.MergeKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** FieldsV1 from paths such as {@code spec.template.spec.containers[aws-node].image}: the inverse of the projection. */
final class FieldPaths {

    private FieldPaths() {}

    static Map<String, Object> tree(List<String> paths) {
        Map<String, Object> root = new LinkedHashMap<>();
        for (String path : paths) {
            Map<String, Object> here = root;
            String field = "";
            for (String token : tokens(path)) {
                String key = key(token, field);
                field = token;
                here = child(here, key);
            }
        }
        return root;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>());
    }

    private static List<String> tokens(String path) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            boolean end = i == path.length();
            if (end || path.charAt(i) == '.' || path.charAt(i) == '[') {
                if (i > start) {
                    tokens.add(path.substring(start, i));
                }
                start = i + 1;
            }
            if (!end && path.charAt(i) == '[') {
                int close = path.indexOf(']', i);
                tokens.add(path.substring(i, close + 1));
                i = close;
                start = close + 1;
            }
        }
        return tokens;
    }

    private static String key(String token, String list) {
        if (!token.startsWith("[")) {
            return "f:" + token;
        }
        String body = token.substring(1, token.length() - 1);
        if (body.startsWith("\"")) {
            return "f:" + body.substring(1, body.length() - 1);
        }
        if (body.startsWith("=")) {
            return "v:\"" + body.substring(1) + "\"";
        }
        return "k:" + MergeKeys.written(list, List.of(body.split(",", -1)));
    }
}
