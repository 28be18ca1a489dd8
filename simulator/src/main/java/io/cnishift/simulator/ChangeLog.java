package io.cnishift.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The last changes of the store in order of their resourceVersion, as etcd keeps them: old ones are compacted away. */
public final class ChangeLog {
    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long compacted;

    /** A log of the changes after that version. */
    ChangeLog(int capacity, long resourceVersion) {
        this.capacity = capacity;
        compacted = resourceVersion;
    }

    /** What happened to an object. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /**
     * One change.
     *
     * @param before what stood there, empty when it was created
     * @param object what stands there since, or what stood there before it was deleted
     */
    public record Entry(
            long resourceVersion,
            Type type,
            ObjectKey key,
            Optional<Map<String, Object>> before,
            Map<String, Object> object) {
        public Entry {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(object, "object");
        }
    }

    /** The changes after that version, or empty when some of them are compacted away ("410 Gone"). */
    public Optional<List<Entry>> since(long resourceVersion) {
        if (resourceVersion < compacted) {
            return Optional.empty();
        }
        List<Entry> later = new ArrayList<>();
        for (Iterator<Entry> newest = entries.descendingIterator(); newest.hasNext(); ) {
            Entry entry = newest.next();
            if (entry.resourceVersion() <= resourceVersion) {
                break;
            }
            later.add(entry);
        }
        Collections.reverse(later);
        return Optional.of(Collections.unmodifiableList(later));
    }

    void add(Entry entry) {
        entries.addLast(entry);
        if (entries.size() > capacity) {
            compacted = entries.removeFirst().resourceVersion();
        }
    }
}
