package io.cnishift.engine.codec;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one Java type is read, written and described. Immutable; one instance serves all threads. */
interface Shape {
    /** Names what is expected, with its article: "a whole number". */
    String what();

    /** Reads one value, see {@link Reading} for the protocol; {@link Reading#FAILED} after a problem was reported. */
    @Nullable
    Object read(Reading in);

    /** Writes one value. */
    void write(@Nullable Object value, Writing out);

    /** Returns the value that a missing key stands for, empty when the key must be there. */
    default Optional<Object> zero() {
        return Optional.empty();
    }

    /** Returns the JSON Schema of a value. */
    Map<String, Object> schema(SchemaContext context);
}
