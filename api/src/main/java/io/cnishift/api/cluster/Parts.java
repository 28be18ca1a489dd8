package io.cnishift.api.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resources sorted by type, on the way into a snapshot. */
final class Parts {

    private final Map<Class<?>, List<Resource>> byType = new HashMap<>();

    Parts(Collection<? extends Resource> resources) {
        for (Resource resource : resources) {
            byType.computeIfAbsent(resource.getClass(), t -> new ArrayList<>()).add(resource);
        }
    }

    <R extends Resource> List<R> all(Class<R> type) {
        return byType.getOrDefault(type, List.of()).stream().map(type::cast).toList();
    }

    <R extends Resource> R one(Class<R> type) {
        List<R> found = all(type);
        if (found.size() != 1) {
            throw new IllegalArgumentException("a snapshot has one " + type.getSimpleName() + ", not " + found.size());
        }
        return found.get(0);
    }
}
