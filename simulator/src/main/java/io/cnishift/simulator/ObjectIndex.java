package io.cnishift.simulator;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Objects of one kind by other keys than their name, kept up to date by the store. An object may have several keys. */
public final class ObjectIndex {
    private final Function<Map<String, Object>, ? extends Collection<String>> keys;
    private final Map<String, Map<String, Map<String, Object>>> byKey = new HashMap<>();
    private final Map<String, List<String>> keysByName = new HashMap<>();

    ObjectIndex(Function<Map<String, Object>, ? extends Collection<String>> keys) {
        this.keys = keys;
    }

    /** The objects under that key in order of namespace and name. A live view: copy it before writing to the store. */
    public Collection<Map<String, Object>> of(String key) {
        return Collections.unmodifiableCollection(
                byKey.getOrDefault(key, Map.of()).values());
    }

    /** How many objects are under that key. */
    public int count(String key) {
        return byKey.getOrDefault(key, Map.of()).size();
    }

    /** Puts an object there, or what it has become; it seldom changes its keys with that. */
    void put(String name, Map<String, Object> object) {
        List<String> now = List.copyOf(keys.apply(object));
        List<String> before = now.isEmpty() ? keysByName.remove(name) : keysByName.put(name, now);
        if (before != null && !before.equals(now)) {
            before.forEach(key -> remove(name, key));
        }
        for (String key : now) {
            byKey.computeIfAbsent(key, k -> new TreeMap<>()).put(name, object);
        }
    }

    void remove(String name) {
        List<String> before = keysByName.remove(name);
        if (before != null) {
            before.forEach(key -> remove(name, key));
        }
    }

    private void remove(String name, String key) {
        Map<String, Map<String, Object>> members = byKey.get(key);
        if (members != null) {
            members.remove(name);
            if (members.isEmpty()) {
                byKey.remove(key);
            }
        }
    }
}
