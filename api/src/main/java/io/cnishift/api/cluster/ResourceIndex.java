package io.cnishift.api.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Resources by a second key, which each has at most one of. */
final class ResourceIndex<R extends Resource> {

    private final Map<String, Shelf<R>> byKey = new HashMap<>();
    private final Function<R, Optional<String>> key;

    ResourceIndex(Function<R, Optional<String>> key) {
        this.key = key;
    }

    Optional<R> first(String value) {
        Shelf<R> members = byKey.get(value);
        return members == null
                ? Optional.empty()
                : Optional.of(members.all().iterator().next());
    }

    Collection<R> of(String value) {
        Shelf<R> members = byKey.get(value);
        return members == null ? List.of() : members.all();
    }

    void set(String name, @Nullable R before, @Nullable R now) {
        Optional<String> was = before == null ? Optional.empty() : key.apply(before);
        Optional<String> is = now == null ? Optional.empty() : key.apply(now);
        if (was.isPresent() && !was.equals(is)) {
            @Nullable Shelf<R> members = byKey.get(was.get());
            if (members != null) {
                members.set(name, null);
                if (members.isEmpty()) {
                    byKey.remove(was.get());
                }
            }
        }
        if (is.isPresent()) {
            byKey.computeIfAbsent(is.get(), v -> new Shelf<>()).set(name, now);
        }
    }
}
