package io.cnishift.api.capacity;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Limits of many instance types by name. Immutable.
 *
 * <p>{@link #embedded()} answers without a network; its origin is stated in the file it is read from. A table of live answers
 * of EC2 is made by {@link #of}.
 */
public final class InstanceTable {

    private static final int SUGGESTIONS = 3;

    private final Map<String, InstanceLimits> byType;

    private InstanceTable(Map<String, InstanceLimits> byType) {
        this.byType = Collections.unmodifiableMap(byType);
    }

    /** The table that comes with cnishift: 1,391 types, read once. */
    public static InstanceTable embedded() {
        return Embedded.TABLE;
    }

    /** A table of these types; of two entries for one type the later counts. */
    public static InstanceTable of(Collection<InstanceLimits> limits) {
        Map<String, InstanceLimits> byType = new TreeMap<>();
        limits.forEach(entry -> byType.put(entry.type(), entry));
        return new InstanceTable(byType);
    }

    /** The limits of a type, whose name is compared exactly. */
    public Optional<InstanceLimits> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** Every entry, by name. */
    public Collection<InstanceLimits> all() {
        return byType.values();
    }

    /** At most three known types that are spelled like this one, the likeliest first; empty when none is near. */
    public List<String> nearest(String type) {
        return Spelling.nearest(type.toLowerCase(Locale.ROOT), byType.keySet(), SUGGESTIONS);
    }

    private static final class Embedded {
        static final InstanceTable TABLE = of(InstanceTableFile.read("instance-limits.txt"));
    }
}
