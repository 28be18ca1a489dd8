package io.cnishift.simulator.kube.control;

import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.SimClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What every controller is made of: keys of objects to look at, each once however often it was named, a little after the
 * first time; one whose look was refused by the API is looked at again with exponential back-off.
 *
 * <p>Source: client-go, util/workqueue.
 */
final class WorkQueue {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 9;

    private final SimClock clock;
    private final Duration lag;
    private final Consumer<ObjectKey> look;
    /** Those to be looked at, and whether there is anything new to see at them. */
    private final Map<ObjectKey, Boolean> waiting = new HashMap<>();

    private final Map<ObjectKey, Integer> failures = new HashMap<>();

    WorkQueue(SimClock clock, Duration lag, Consumer<ObjectKey> look) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.lag = Objects.requireNonNull(lag, "lag");
        this.look = Objects.requireNonNull(look, "look");
    }

    /** Has the object looked at soon. */
    void add(ObjectKey key) {
        if (waiting.put(key, true) == null) {
            clock.after(lag, () -> run(key));
        }
    }

    /**
     * The same, of an object that changed in nothing but what the look going on wrote of it. Such a look takes its turn as any
     * other, but finds nothing to do, and is spared unless something else changes before.
     */
    void addSeen(ObjectKey key) {
        if (waiting.putIfAbsent(key, false) == null) {
            clock.after(lag, () -> run(key));
        }
    }

    /** Has the object looked at after so long, besides what others ask. */
    void addAfter(ObjectKey key, Duration delay) {
        clock.after(delay, () -> add(key));
    }

    private void run(ObjectKey key) {
        if (Boolean.FALSE.equals(waiting.remove(key))) {
            return;
        }
        try {
            look.accept(key);
            if (!failures.isEmpty()) {
                failures.remove(key);
            }
        } catch (ApiRefusal refused) {
            waiting.replace(key, true);
            int times = Math.min(failures.merge(key, 1, Integer::sum), DOUBLINGS);
            Duration pause = FIRST_RETRY.multipliedBy(1L << (times - 1));
            addAfter(key, pause.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause);
        }
    }
}
