package io.cnishift.it.front;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.Reading;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a client knows of the cluster by what it has read and what its watches brought. A clock that is moved by hand does not wait
 * for the network; whoever moves it waits here until the client knows what has happened.
 */
final class Mirror {
    /** Only a client that has lost its watches for good takes so long. */
    private static final long SECONDS = 60;

    private final Map<Part, Map<String, Resource>> known = new EnumMap<>(Part.class);

    synchronized void read(Set<Part> parts, Reading reading) {
        parts.forEach(part -> known.put(part, new HashMap<>()));
        reading.resources()
                .forEach(r ->
                        known.computeIfAbsent(r.part(), p -> new HashMap<>()).put(r.key(), r));
        notifyAll();
    }

    synchronized void take(Change change) {
        Map<String, Resource> part = known.computeIfAbsent(change.part(), p -> new HashMap<>());
        change.now().ifPresentOrElse(r -> part.put(change.key(), r), () -> part.remove(change.key()));
        notifyAll();
    }

    /** Waits until the client knows of these changes, or of later ones. */
    synchronized void await(Collection<Change> changes) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        List<Change> missing = missing(changes);
        while (!missing.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("the watches did not bring " + missing.size() + " changes, the first: "
                        + missing.get(0) + " while it is known as " + known(missing.get(0)));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            missing = missing(changes);
        }
    }

    private List<Change> missing(Collection<Change> changes) {
        return changes.stream().filter(c -> !known(c).equals(c.now())).toList();
    }

    private Optional<Resource> known(Change change) {
        return Optional.ofNullable(known.getOrDefault(change.part(), Map.of()).get(change.key()));
    }
}
