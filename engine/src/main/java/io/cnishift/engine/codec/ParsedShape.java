package io.cnishift.engine.codec;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A value class with its own text form: a public static {@code parse(String)} in, {@code toString()} out. */
final class ParsedShape extends TextualShape {
    private final Class<?> type;
    private final MethodHandle parse;
    private final Optional<String> pattern;

    ParsedShape(Class<?> type, Method parse, Optional<String> pattern) {
        this.type = type;
        this.parse = Handles.function(parse);
        this.pattern = pattern;
    }

    /** Returns the method that makes this class one with a text form. */
    static Optional<Method> parseMethod(Class<?> type) {
        if (!Modifier.isFinal(type.getModifiers())) {
            return Optional.empty();
        }
        try {
            Method method = type.getDeclaredMethod("parse", String.class);
            boolean fits = Modifier.isPublic(method.getModifiers())
                    && Modifier.isStatic(method.getModifiers())
                    && method.getReturnType() == type;
            return fits ? Optional.of(method) : Optional.empty();
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    @Override
    public String what() {
        return "the text of a " + type.getSimpleName();
    }

    @Override
    Object fromText(String text, Reading in) {
        try {
            return Handles.call(parse, text);
        } catch (Handles.Refusal e) {
            return in.refuse(
                    "\"" + Reading.shorten(text) + "\" is not a " + type.getSimpleName() + ": " + e.reason(),
                    "correct the value");
        }
    }

    @Override
    String toText(Object value) {
        return value.toString();
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        pattern.ifPresent(regex -> schema.put("pattern", regex));
        return schema;
    }
}
