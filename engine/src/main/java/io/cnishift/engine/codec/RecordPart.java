package io.cnishift.engine.codec;

import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record.
 *
 * @param name the component's name, which is its key
 * @param shape how its value is read and written; not used when it is open
 * @param accessor of type (Object) Object
 * @param open what decides its class, empty for all others
 */
record RecordPart(String name, Shape shape, MethodHandle accessor, Optional<Open> open) {
    /**
     * @param discriminator index of the sibling that decides
     * @param type the registration
     */
    record Open(int discriminator, OpenType type) {}

    @Nullable
    Object valueIn(Object owner) {
        return Handles.get(accessor, owner);
    }

    boolean mayBeLeftOut(@Nullable Object value) {
        return shape.zero().isPresent() && shape.zero().get().equals(value);
    }
}
