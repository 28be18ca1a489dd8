package io.cnishift.engine.owner;

import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trees as owners write them. */
final class Words {

    private static final Codec CODEC = Codec.builder().build();

    private Words() {}

    static String json(Map<String, Object> tree) {
        return CODEC.text(Object.class, tree, Format.JSON_LINE, Style.RESULT).strip();
    }

    static String yaml(Map<String, Object> tree) {
        return CODEC.text(Object.class, Tree.copy(tree), Format.YAML, Style.RESULT)
                .stripTrailing();
    }

    static String taint(Taint taint) {
        return taint.key() + "=" + taint.value() + ":" + taint.effect();
    }

    /** The values of a tree by their paths; a list is one value. */
    static Map<String, String> leaves(String prefix, Map<?, ?> tree) {
        Map<String, String> leaves = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            String path = prefix + "." + key;
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                leaves.putAll(leaves(path, inner));
            } else {
                leaves.put(
                        path,
                        CODEC.text(Object.class, value == null ? "null" : value, Format.JSON_LINE, Style.RESULT)
                                .strip());
            }
        });
        return leaves;
    }

    static SortedMap<String, String> pairs(Map<String, String> map) {
        return new TreeMap<>(map);
    }
}
