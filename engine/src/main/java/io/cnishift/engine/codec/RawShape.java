package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Object}: a tree of String, Integer, Long, Double, Boolean, null, List and Map, kept in its own order. */
final class RawShape implements Shape {
    @Override
    public String what() {
        return "any value";
    }

    @Override
    public @Nullable Object read(Reading in) {
        return switch (in.token()) {
            case OBJECT_START -> object(in);
            case LIST_START -> list(in);
            case TEXT -> text(in);
            case NUMBER -> number(in);
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            case KEY, OBJECT_END, LIST_END, END -> throw new IllegalStateException(in.token() + " starts no value");
        };
    }

    private Object object(Reading in) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        boolean failed = false;
        while (in.next() == Token.KEY) {
            String key = in.pooledText();
            in.path().enter(key);
            if (!Utf16.isWellFormed(key) || entries.containsKey(key)) {
                in.refuse(entries.containsKey(key) ? "duplicate key" : "holds half a surrogate pair", "remove it");
                failed = true;
            }
            in.next();
            Object value = read(in);
            failed |= value == Reading.FAILED;
            entries.put(key, value);
            in.path().leave();
        }
        return failed ? Reading.FAILED : Collections.unmodifiableMap(entries);
    }

    private Object list(Reading in) {
        List<@Nullable Object> elements = new ArrayList<>();
        boolean failed = false;
        for (int i = 0; in.next() != Token.LIST_END; i++) {
            in.path().enter(i);
            Object value = read(in);
            failed |= value == Reading.FAILED;
            elements.add(value);
            in.path().leave();
        }
        return failed ? Reading.FAILED : Collections.unmodifiableList(elements);
    }

    private static Object text(Reading in) {
        String text = in.pooledText();
        if (in.bare() && YamlWords.isOldBoolean(text)) {
            return in.refuse(
                    text + " without quotes is true or false for some YAML readers and text for others",
                    "write true or false, or put it in quotes: \"" + text + "\"");
        }
        if (!Utf16.isWellFormed(text)) {
            return in.refuse("holds half a surrogate pair", "write the character itself or both escapes of its pair");
        }
        return text;
    }

    private static Object number(Reading in) {
        String digits = in.text();
        if (!YamlWords.isJsonNumber(digits)) {
            return in.refuse(
                    digits + " without quotes is another number for some YAML readers than for others",
                    "write the number in plain decimal digits, or text in quotes: \"" + digits + "\"");
        }
        Optional<Number> number = RawNumbers.parse(digits);
        return number.isPresent()
                ? number.get()
                : in.refuse(
                        "the number " + Reading.shorten(digits) + " is out of range",
                        "put it in quotes if it is an identifier");
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        if (value == null) {
            out.sink().nothing();
        } else if (value instanceof String text) {
            out.sink().text(text);
        } else if (value instanceof Integer || value instanceof Long) {
            out.sink().number(value.toString());
        } else if (value instanceof Double number) {
            out.sink().number(RawNumbers.format(number, out));
        } else if (value instanceof Boolean flag) {
            out.sink().flag(flag);
        } else if (value instanceof List<?> list) {
            writeList(list, out);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(map, out);
        } else {
            throw out.unsupported("a raw tree cannot hold a " + value.getClass().getName());
        }
    }

    private void writeList(List<?> list, Writing out) {
        out.sink().startList();
        int i = 0;
        for (Object each : list) {
            out.path().enter(i++);
            write(each, out);
            out.path().leave();
        }
        out.sink().endList();
    }

    private void writeObject(Map<?, ?> map, Writing out) {
        out.sink().startObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw out.unsupported("the keys of a raw tree are text, not " + entry.getKey());
            }
            out.path().enter(key);
            out.sink().key(key);
            write(entry.getValue(), out);
            out.path().leave();
        }
        out.sink().endObject();
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return Map.of();
    }
}
