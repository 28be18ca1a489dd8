package io.cnishift.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The last changes of the store in order of their resourceVersion, as etcd keeps them: old ones are compacted away. */
public final class ChangeLog {
    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long compacted;

    ChangeLog(int capacity) {
        this.capacity = capacity;
    }

    /** What happened to an object. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /** One change; {@code object} is what stands there since, or what stood there before it was deleted. */
    public record Entry(long resourceVersion, Type type, ObjectKey key, Map<String, Object> object) {
        public Entry {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(object, "object");
        }
    }

    /** The changes after that version, or empty when some of them are compacted away ("410 Gone"). */
    public Optional<List<Entry>> since(long resourceVersion) {
        if (resourceVersion < compacted) {
            return Optional.empty();
        }
        return Optional.of(entries.stream()
                .filter(e -> e.resourceVersion() > resourceVersion)
                .toList());
    }

    void add(Entry entry) {
        entries.addLast(entry);
        if (entries.size() > capacity) {
            compacted = entries.removeFirst().resourceVersion();
        }
    }

    void start(long resourceVersion) {
        compacted = resourceVersion;
    }
}
