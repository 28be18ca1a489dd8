package io.cnishift.api.act;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree as one line of JSON, for commands that a person can paste. Keys are sorted: the order of
 * {@code Map.of} changes from one JVM to the next, and the same run is to print the same commands.
 */
final class Json {

    private Json() {}

    static String write(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .sorted(Comparator.comparing(e -> String.valueOf(e.getKey())))
                    .map(e -> quote(String.valueOf(e.getKey())) + ":" + write(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : quote(String.valueOf(value));
    }

    /** The same as one word of a POSIX shell. */
    static String word(Object value) {
        return Shell.quoted(write(value));
    }

    private static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> json.append('\\').append((char) c);
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> json.append(c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c));
            }
        });
        return json.append('"').toString();
    }
}
