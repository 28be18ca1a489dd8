package io.cnishift.engine.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An enum by its wire names, which are what {@code toString()} of its constants says. */
final class EnumShape extends TextualShape {
    private final Class<?> type;
    private final Map<String, Object> constants = new LinkedHashMap<>();

    EnumShape(Class<?> type) {
        this.type = type;
        for (Object constant : type.getEnumConstants()) {
            if (constants.put(constant.toString(), constant) != null) {
                throw new IllegalArgumentException(
                        type.getName() + " has two constants with the wire name \"" + constant + "\"");
            }
        }
    }

    @Override
    public String what() {
        return constants.size() <= 12 ? "one of " + String.join(", ", constants.keySet()) : "a " + type.getSimpleName();
    }

    @Override
    Object fromText(String text, Reading in) {
        Object constant = constants.get(text);
        if (constant != null) {
            return constant;
        }
        return in.refuse(
                "unknown value \"" + Reading.shorten(text) + "\"", Suggestion.remedy(text, constants.keySet()));
    }

    @Override
    String toText(Object value) {
        return value.toString();
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return SchemaContext.node("type", "string", "enum", List.copyOf(constants.keySet()));
    }
}
