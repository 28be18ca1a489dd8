package io.cnishift.simulator.front;

import io.cnishift.simulator.ChangeLog;
import io.cnishift.simulator.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The objects of a kind as they stood at a version, by taking back in thought what has changed since. */
final class Past {

    private Past() {}

    /** By namespace and name; empty when changes since then are compacted away. The map is not to be kept. */
    static Optional<NavigableMap<String, Map<String, Object>>> at(long version, ObjectStore store, String kind) {
        return store.log().since(version).map(changes -> undone(changes, store, kind));
    }

    private static NavigableMap<String, Map<String, Object>> undone(
            List<ChangeLog.Entry> changes, ObjectStore store, String kind) {
        NavigableMap<String, Map<String, Object>> now = store.byName(kind);
        List<ChangeLog.Entry> ofKind =
                changes.stream().filter(c -> c.key().kind().equals(kind)).toList();
        if (ofKind.isEmpty()) {
            return now;
        }
        NavigableMap<String, Map<String, Object>> then = new TreeMap<>(now);
        for (int i = ofKind.size() - 1; i >= 0; i--) {
            ChangeLog.Entry change = ofKind.get(i);
            String name = change.key().nameInKind();
            change.before().ifPresentOrElse(b -> then.put(name, b), () -> then.remove(name));
        }
        return then;
    }
}
