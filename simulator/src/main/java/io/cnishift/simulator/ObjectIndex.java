package io.cnishift.simulator;

import io.cnishift.simulator.Shelf.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Objects of one kind by other keys than their name, kept up to date by the store. An object may have several keys. */
public final class ObjectIndex {
    private final Function<Map<String, Object>, ? extends Collection<String>> keys;
    private final Map<String, Map<String, Place>> byKey = new HashMap<>();
    private final Map<String, List<String>> keysByName = new HashMap<>();

    ObjectIndex(Function<Map<String, Object>, ? extends Collection<String>> keys) {
        this.keys = keys;
    }

    /** The objects under that key in order of namespace and name. A live view: copy it before writing to the store. */
    public Collection<Map<String, Object>> of(String key) {
        Map<String, Place> members = byKey.get(key);
        return members == null ? List.of() : Shelf.objects(members.values());
    }

    /** How many objects are under that key. */
    public int count(String key) {
        Map<String, Place> members = byKey.get(key);
        return members == null ? 0 : members.size();
    }

    /** An object came there, or has become another one; it seldom changes its keys with that. */
    void put(String name, Place place) {
        List<String> now = List.copyOf(keys.apply(place.object()));
        List<String> before = keysByName.getOrDefault(name, List.of());
        if (before.equals(now)) {
            return;
        }
        before.forEach(key -> remove(name, key));
        if (now.isEmpty()) {
            keysByName.remove(name);
        } else {
            keysByName.put(name, now);
        }
        for (String key : now) {
            byKey.computeIfAbsent(key, k -> new TreeMap<>()).put(name, place);
        }
    }

    void remove(String name) {
        List<String> before = keysByName.remove(name);
        if (before != null) {
            before.forEach(key -> remove(name, key));
        }
    }

    private void remove(String name, String key) {
        Map<String, Place> members = byKey.get(key);
        if (members != null) {
            members.remove(name);
            if (members.isEmpty()) {
                byKey.remove(key);
            }
        }
    }
}
