package io.cnishift.engine.codec;

import java.util.Map;

/** {@link String}. */
final class TextShape extends TextualShape {
    @Override
    public String what() {
        return "text";
    }

    @Override
    Object fromText(String text, Reading in) {
        if (Utf16.isWellFormed(text)) {
            return text;
        }
        return in.refuse("holds half a surrogate pair", "write the character itself or both escapes of its pair");
    }

    @Override
    String toText(Object value) {
        return (String) value;
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return Map.of("type", "string");
    }
}
