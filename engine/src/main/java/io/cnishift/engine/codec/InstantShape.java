package io.cnishift.engine.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** {@link Instant} as ISO 8601 in UTC. */
final class InstantShape extends TextualShape {
    private static final String PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$";

    @Override
    public String what() {
        return "a time in UTC such as \"2026-11-21T08:00:00Z\"";
    }

    @Override
    Object fromText(String text, Reading in) {
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            // Told below, with the value.
        }
        return in.refuse("\"" + Reading.shorten(text) + "\" is not a time in UTC", "write " + what());
    }

    @Override
    String toText(Object value) {
        return value.toString();
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return SchemaContext.node("type", "string", "format", "date-time", "pattern", PATTERN);
    }
}
