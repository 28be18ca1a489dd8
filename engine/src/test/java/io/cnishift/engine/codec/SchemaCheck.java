package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a raw tree against the part of JSON Schema that the generator uses, as a user's editor would. */
final class SchemaCheck {
    private static final List<String> KNOWN = List.of(
            "$schema",
            "$ref",
            "$defs",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "propertyNames",
            "items",
            "uniqueItems",
            "oneOf",
            "anyOf",
            "const",
            "enum",
            "pattern",
            "format",
            "description");

    private final Map<?, ?> definitions;
    private final List<String> complaints = new ArrayList<>();

    private SchemaCheck(Map<?, ?> definitions) {
        this.definitions = definitions;
    }

    static List<String> complaints(Map<?, ?> schema, @Nullable Object value) {
        SchemaCheck check = new SchemaCheck((Map<?, ?>) schema.get("$defs"));
        check.check(schema, value, "$");
        return check.complaints;
    }

    private boolean fits(Object schema, @Nullable Object value) {
        SchemaCheck check = new SchemaCheck(definitions);
        check.check((Map<?, ?>) schema, value, "$");
        return check.complaints.isEmpty();
    }

    private void expect(boolean good, String path, String what) {
        if (!good) {
            complaints.add(path + ": " + what);
        }
    }

    private void check(Map<?, ?> schema, @Nullable Object value, String path) {
        expect(KNOWN.containsAll(schema.keySet()), path, "schema uses more than this checks: " + schema.keySet());
        if (schema.get("$ref") instanceof String reference) {
            Object target = definitions.get(reference.replace("#/$defs/", ""));
            expect(target != null, path, "dangling " + reference);
            check((Map<?, ?>) target, value, path);
        }
        checkChoices(schema, value, path);
        if (schema.containsKey("type")) {
            List<?> types = schema.get("type") instanceof List<?> list ? list : List.of(schema.get("type"));
            expect(types.stream().anyMatch(type -> isOf((String) type, value)), path, value + " is none of " + types);
        }
        if (schema.get("pattern") instanceof String pattern && value instanceof String text) {
            expect(Pattern.compile(pattern).matcher(text).find(), path, text + " is not like " + pattern);
        }
        if (value instanceof Map<?, ?> object) {
            checkObject(schema, object, path);
        }
        if (value instanceof List<?> list) {
            expect(!schema.containsKey("uniqueItems") || new HashSet<>(list).size() == list.size(), path, "repeats");
            for (int i = 0; schema.containsKey("items") && i < list.size(); i++) {
                check((Map<?, ?>) schema.get("items"), list.get(i), path + "[" + i + "]");
            }
        }
    }

    private void checkChoices(Map<?, ?> schema, @Nullable Object value, String path) {
        if (schema.get("oneOf") instanceof List<?> choices) {
            long fitting =
                    choices.stream().filter(choice -> fits(choice, value)).count();
            expect(fitting == 1, path, fitting + " of oneOf fit");
        }
        if (schema.get("anyOf") instanceof List<?> choices) {
            expect(choices.stream().anyMatch(choice -> fits(choice, value)), path, "none of anyOf fits");
        }
        expect(!schema.containsKey("const") || schema.get("const").equals(value), path, "not the constant");
        expect(!(schema.get("enum") instanceof List<?> names) || names.contains(value), path, value + " is not listed");
    }

    private void checkObject(Map<?, ?> schema, Map<?, ?> object, String path) {
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
        if (schema.get("required") instanceof List<?> required) {
            required.forEach(key -> expect(object.containsKey(key), path, key + " is missing"));
        }
        object.forEach((key, each) -> {
            String inside = path + "." + key;
            if (schema.get("propertyNames") instanceof Map<?, ?> names) {
                check(names, key, inside);
            }
            if (properties.get(key) instanceof Map<?, ?> property) {
                check(property, each, inside);
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
                check(others, each, inside);
            } else {
                expect(!Boolean.FALSE.equals(schema.get("additionalProperties")), inside, "is not allowed");
            }
        });
    }

    private static boolean isOf(String type, @Nullable Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            default -> throw new IllegalArgumentException(type);
        };
    }
}
