package io.cnishift.engine.codec;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A component whose record class is decided by the text of a sibling: the parameters of a step by its kind.
 *
 * @param owner the record that has both components
 * @param discriminator name of the deciding component
 * @param value name of the component that is decided
 * @param lookup gives the class for a discriminator, empty when nobody knows it
 */
record OpenType(
        Class<?> owner,
        String discriminator,
        String value,
        Function<String, Optional<Class<? extends Record>>> lookup) {
    OpenType {
        Objects.requireNonNull(lookup, "lookup");
        requireComponent(owner, discriminator);
        requireComponent(owner, value);
    }

    private static void requireComponent(Class<?> owner, String name) {
        boolean known = owner.isRecord()
                && Arrays.stream(owner.getRecordComponents())
                        .anyMatch(component -> component.getName().equals(name));
        if (!known) {
            throw new IllegalArgumentException(owner.getName() + " is no record with a component " + name);
        }
    }
}
