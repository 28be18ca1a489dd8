package io.cnishift.engine.codec;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** One schema while it is generated: its definitions so far. */
final class SchemaContext {
    private final Style style;
    private final Function<Class<?>, String> names;
    private final Map<String, Map<String, Object>> definitions = new TreeMap<>();
    private final Set<Class<?>> owners = new LinkedHashSet<>();

    SchemaContext(Style style, Function<Class<?>, String> names) {
        this.style = style;
        this.names = names;
    }

    Style style() {
        return style;
    }

    Map<String, Map<String, Object>> definitions() {
        return definitions;
    }

    /** Returns the classes that have definitions. */
    Set<Class<?>> owners() {
        return owners;
    }

    /** Returns a reference to the definition of the class, which the function makes when there is none yet. */
    Map<String, Object> definition(Class<?> owner, String suffix, Supplier<Map<String, Object>> body) {
        owners.add(owner);
        String name = names.apply(owner) + suffix;
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of()); // so that a record that contains itself comes to an end
            definitions.put(name, body.get());
        }
        return node("$ref", "#/$defs/" + name);
    }

    /** Returns the schema of an Optional: results say null, documents leave the key out. */
    Map<String, Object> nullable(Map<String, Object> schema) {
        if (style == Style.DOCUMENT || schema.isEmpty()) {
            return schema;
        }
        if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
            Map<String, Object> nullable = new LinkedHashMap<>(schema);
            nullable.put("type", List.of(type, "null"));
            return nullable;
        }
        return node("anyOf", List.of(schema, node("type", "null")));
    }

    /** Returns a schema node of keys and values in turn, which keeps their order. */
    static Map<String, Object> node(Object... keysAndValues) {
        Map<String, Object> node = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            node.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return node;
    }
}
