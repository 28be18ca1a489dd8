package io.cnishift.cilium;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One value of the chart.
 *
 * @param name dotted path
 * @param types what the chart accepts; one or more
 * @param defaultText what the chart sets it to, as text; empty when it sets nothing, or a list of maps
 */
record ValueSpec(String name, Set<ValueType> types, Optional<String> defaultText) {

    public ValueSpec {
        types = Set.copyOf(types);
        if (types.isEmpty()) {
            throw new IllegalArgumentException(name + " has no type");
        }
    }

    /** Whether the chart accepts a value of this kind. */
    public boolean accepts(Object value) {
        return types.stream().anyMatch(type -> type.accepts(value));
    }

    /** The types in words, for example {@code text or true or false}. */
    public String display() {
        return EnumSet.copyOf(types).stream().map(ValueType::display).collect(Collectors.joining(" or "));
    }
}
