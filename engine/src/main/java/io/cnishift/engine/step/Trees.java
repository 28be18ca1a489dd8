package io.cnishift.engine.step;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Comparing JSON trees: numbers by value, maps without regard to order, absent and null alike. Pure. */
final class Trees {

    private Trees() {}

    /** Whether two values mean the same. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().stream().allMatch(k -> same(a.get(k), b.get(k)))
                    && b.keySet().stream().allMatch(k -> a.containsKey(k) || b.get(k) == null);
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return a.size() == b.size()
                    && java.util.stream.IntStream.range(0, a.size()).allMatch(i -> same(a.get(i), b.get(i)));
        }
        if (one instanceof Number a && other instanceof Number b) {
            return a.longValue() == b.longValue() && Double.compare(a.doubleValue(), b.doubleValue()) == 0;
        }
        return Objects.equals(one, other);
    }

    /**
     * Whether what was written is still there: every key of a map and every item of a list, while the server and others may
     * have added more. Scalars are compared as text, for a server may turn "1" into 1. Merge directives say nothing, but that
     * an item which was to be deleted is gone.
     */
    static boolean holds(@Nullable Object written, @Nullable Object now) {
        if (written instanceof Map<?, ?> a) {
            return now instanceof Map<?, ?> b
                    && a.keySet().stream().allMatch(k -> directive(k) || holds(a.get(k), b.get(k)));
        }
        if (written instanceof List<?> a) {
            return now instanceof List<?> b
                    && a.stream()
                            .filter(i -> !isDirective(i))
                            .allMatch(i -> deletes(i) != b.stream().anyMatch(j -> holds(i, j)));
        }
        return Objects.equals(text(written), text(now));
    }

    /** Whether a list item only tells how the others are merged. */
    static boolean isDirective(@Nullable Object item) {
        return item instanceof Map<?, ?> map
                && !map.isEmpty()
                && map.keySet().stream().allMatch(Trees::directive);
    }

    private static boolean deletes(@Nullable Object item) {
        return item instanceof Map<?, ?> map && "delete".equals(map.get("$patch"));
    }

    /** Whether a key is not data but says how data are merged. */
    static boolean directive(@Nullable Object key) {
        return String.valueOf(key).startsWith("$");
    }

    private static @Nullable String text(@Nullable Object scalar) {
        return scalar == null ? null : String.valueOf(scalar);
    }
}
