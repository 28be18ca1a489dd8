package io.cnishift.simulator;

import io.cnishift.simulator.ObjectStore.Listener;
import io.cnishift.simulator.ObjectStore.Turns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who hears of a kind. Most writes of an object turn little of it, and most who listen are concerned with something else: for
 * each sort of write it is worked out once whom to tell.
 */
final class Audience {
    private static final int ANY_WRITE = 1 << 31;

    private final List<Hearer> hearers = new ArrayList<>();
    private final Map<Integer, List<Listener>> told = new HashMap<>();
    private Turns turns = (before, after) -> 0;

    private record Hearer(int concern, Listener listener) {}

    /** Hears of every write. */
    void add(Listener listener) {
        hearers.add(new Hearer(ANY_WRITE, listener));
        told.clear();
    }

    /** Hears of writes that turn any of this. */
    void add(Turns sorts, int concern, Listener listener) {
        turns = sorts;
        hearers.add(new Hearer(concern, listener));
        told.clear();
    }

    /** Whom to tell of a write, in the order of their asking; those who hear of every kind come last. */
    List<Listener> of(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after, List<Listener> ofAll) {
        int turned = turns.of(before, after) | ANY_WRITE;
        List<Listener> concerned = told.get(turned);
        if (concerned == null) {
            List<Listener> found = new ArrayList<>();
            hearers.stream().filter(h -> (h.concern() & turned) != 0).forEach(h -> found.add(h.listener()));
            found.addAll(ofAll);
            concerned = List.copyOf(found);
            told.put(turned, concerned);
        }
        return concerned;
    }

    /** Somebody began to hear of every kind. */
    void changed() {
        told.clear();
    }
}
