package io.cnishift.simulator;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Who wants to hear of changes of which part. */
final class Watches {
    private final SimClock clock;
    private final Map<Part, List<Consumer<Change>>> sinks = new EnumMap<>(Part.class);

    Watches(SimClock clock) {
        this.clock = clock;
    }

    void add(Set<Part> parts, Consumer<Change> sink) {
        parts.forEach(p -> sinks.computeIfAbsent(p, k -> new ArrayList<>()).add(sink));
    }

    void clear() {
        sinks.clear();
    }

    boolean any(Part part) {
        return sinks.containsKey(part);
    }

    void publish(Change change) {
        List<Consumer<Change>> concerned = sinks.getOrDefault(change.part(), List.of());
        for (Consumer<Change> sink : concerned) {
            sink.accept(change);
        }
        if (!concerned.isEmpty()) {
            clock.changeSeen();
        }
    }
}
