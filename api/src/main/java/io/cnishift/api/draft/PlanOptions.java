package io.cnishift.api.draft;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Options as a plan states them: every one that has a value, in the order and the form in which users write them. */
final class PlanOptions {

    private PlanOptions() {}

    static Map<String, Object> of(Record options) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            written(value(options, component)).ifPresent(value -> written.put(component.getName(), value));
        }
        return written;
    }

    private static @Nullable Object value(Record options, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            // an options record need not be public
            accessor.setAccessible(true);
            return accessor.invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an option cannot be read: " + component.getName(), e);
        }
    }

    private static Optional<Object> written(@Nullable Object value) {
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
        }
        if (value instanceof Optional<?> optional) {
            return optional.flatMap(PlanOptions::written);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, entry) -> written(entry).ifPresent(number -> sorted.put(String.valueOf(key), number)));
            return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted);
        }
        if (value instanceof Boolean || value instanceof Integer) {
            return Optional.of(value);
        }
        return value instanceof Duration duration
                ? Optional.of(Math.toIntExact(duration.toSeconds()))
                : Optional.ofNullable(value).map(String::valueOf);
    }
}
