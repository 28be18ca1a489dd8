package io.cnishift.engine.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One document while it is written. */
record Writing(Sink sink, Style style, DataPath path) {
    Writing(Sink sink, Style style) {
        this(sink, style, new DataPath());
    }

    /** Returns the value, or throws naming the place: null has a written form in raw trees only. */
    Object required(@Nullable Object value) {
        return Objects.requireNonNull(value, () -> "no value at \"" + path + "\", use Optional for what may be absent");
    }

    IllegalArgumentException unsupported(String reason) {
        String where = path.toString();
        return new IllegalArgumentException(where.isEmpty() ? reason : where + ": " + reason);
    }
}
