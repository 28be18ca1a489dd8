package io.cnishift.cilium;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Types of chart values, as the chart's schema tells them apart. */
enum ValueType {
    BOOL,
    INT,
    /** Whole or with a fraction. */
    NUMBER,
    STRING,
    LIST,
    MAP;

    /** Whether a value, as {@link Values} holds it, is of this type. */
    public boolean accepts(Object value) {
        return switch (this) {
            case BOOL -> value instanceof Boolean;
            case INT -> value instanceof Integer || value instanceof Long;
            case NUMBER -> value instanceof Number;
            case STRING -> value instanceof String;
            case LIST -> value instanceof List;
            case MAP -> value instanceof Map;
        };
    }

    /** How messages call it. */
    public String display() {
        return switch (this) {
            case BOOL -> "true or false";
            case INT -> "a whole number";
            case NUMBER -> "a number";
            case STRING -> "text";
            case LIST -> "a list";
            case MAP -> "a map";
        };
    }

    static ValueType of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
