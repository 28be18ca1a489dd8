package io.cnishift.api.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Resources by a second key, which each has at most one of. There is nothing to do while that key stays the same. */
final class ResourceIndex<R extends Resource> {

    private final Map<String, Shelf<R>> byKey = new HashMap<>();
    private final Function<R, Optional<String>> key;
    private final BiPredicate<R, R> same;

    ResourceIndex(Function<R, Optional<String>> key) {
        this(key, (one, other) -> key.apply(one).equals(key.apply(other)));
    }

    /** @param same tells without much work that two of one key have the same second key; may be wrong only in saying no */
    ResourceIndex(Function<R, Optional<String>> key, BiPredicate<R, R> same) {
        this.key = key;
        this.same = same;
    }

    Optional<R> first(String value) {
        Shelf<R> members = byKey.get(value);
        return members == null ? Optional.empty() : Optional.of(members.first());
    }

    Collection<R> of(String value) {
        Shelf<R> members = byKey.get(value);
        return members == null ? List.of() : members.all();
    }

    /** @param shelf where it stands, if it does */
    void set(Shelf<R> shelf, String name, @Nullable R before, @Nullable R now) {
        if (before != null && now != null && same.test(before, now)) {
            return;
        }
        Optional<String> was = before == null ? Optional.empty() : key.apply(before);
        if (was.isPresent()) {
            left(was.get(), name);
        }
        Optional<String> is = now == null ? Optional.empty() : key.apply(now);
        if (is.isPresent()) {
            byKey.computeIfAbsent(is.get(), v -> new Shelf<>()).put(name, shelf.place(name));
        }
    }

    private void left(String value, String name) {
        @Nullable Shelf<R> members = byKey.get(value);
        if (members != null) {
            members.remove(name);
            if (members.isEmpty()) {
                byKey.remove(value);
            }
        }
    }
}
