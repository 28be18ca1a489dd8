package io.cnishift.simulator.scenario.production;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fields of an object in the order in which they are written down. {@link Map#of} has another one in every JVM. */
final class Fields {

    private Fields() {}

    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(fields);
    }
}
