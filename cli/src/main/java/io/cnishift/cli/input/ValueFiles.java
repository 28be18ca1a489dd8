package io.cnishift.cli.input;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chart values of several files as one: maps are merged, of anything else the later file's counts, as Helm does it. */
public final class ValueFiles {

    private ValueFiles() {}

    /** Both merged, the second stronger. */
    public static Map<String, Object> merged(Map<String, Object> under, Map<String, Object> over) {
        Map<String, Object> merged = new LinkedHashMap<>(under);
        // not Map.merge: a key without a value is judged like any other, and later
        over.forEach((key, value) -> merged.put(key, merge(under.get(key), value)));
        return merged;
    }

    private static Object merge(@Nullable Object under, Object over) {
        return under instanceof Map<?, ?> below && over instanceof Map<?, ?> above
                ? merged(keyed(below), keyed(above))
                : over;
    }

    private static Map<String, Object> keyed(Map<?, ?> map) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        map.forEach((key, value) -> keyed.put(String.valueOf(key), value));
        return keyed;
    }
}
