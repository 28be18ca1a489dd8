package io.cnishift.simulator;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Objects of one kind by other keys than their name, kept up to date by the store. An object may have several keys. */
public final class ObjectIndex {
    private final Function<Map<String, Object>, ? extends Collection<String>> keys;
    private final Map<String, Map<String, Map<String, Object>>> byKey = new HashMap<>();

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

    void add(String name, Map<String, Object> object) {
        keys.apply(object)
                .forEach(key -> byKey.computeIfAbsent(key, k -> new TreeMap<>()).put(name, object));
    }

    void remove(String name, Map<String, Object> object) {
        keys.apply(object).forEach(key -> remove(name, key));
    }

    /** The object changed. It seldom changes its keys with it. */
    void replace(String name, Map<String, Object> before, Map<String, Object> now) {
        Collection<String> stays = keys.apply(now);
        for (String key : keys.apply(before)) {
            if (!stays.contains(key)) {
                remove(name, key);
            }
        }
        stays.forEach(key -> byKey.computeIfAbsent(key, k -> new TreeMap<>()).put(name, now));
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
