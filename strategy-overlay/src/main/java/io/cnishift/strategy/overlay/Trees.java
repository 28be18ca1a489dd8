package io.cnishift.strategy.overlay;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writing JSON trees whose keys stay in the order in which they were given, so that equal plans are equal bytes. */
final class Trees {

    private Trees() {}

    /** A map of keys and values by turns. */
    static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return tree;
    }

    /** A value at the end of a path of keys. */
    static Map<String, Object> nested(Object value, String... path) {
        Object here = value;
        for (int i = path.length - 1; i > 0; i--) {
            here = of(path[i], here);
        }
        return of(path[0], here);
    }
}
