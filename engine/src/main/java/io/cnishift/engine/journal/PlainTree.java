package io.cnishift.engine.journal;

import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trees in the form in which they are read again: a whole number is an Integer where it fits. So a run that reads its
 * journal after a crash sees what it saw before.
 */
final class PlainTree {

    private PlainTree() {}

    static Map<String, Object> of(Map<String, ?> tree) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        tree.forEach((key, value) -> plain.put(key, plain(value)));
        return Tree.copy(plain);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, inner) -> plain.put(String.valueOf(key), plain(inner)));
            return plain;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>(list.size());
            list.forEach(inner -> plain.add(plain(inner)));
            return plain;
        }
        return value instanceof Number number ? plain(number) : value;
    }

    private static Object plain(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return number.doubleValue();
        }
        long whole = number.longValue();
        return (int) whole == whole ? (Object) (int) whole : (Object) whole;
    }
}
