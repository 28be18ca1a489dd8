package io.cnishift.adapters.kubernetes;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How fast watches go. All but the silence is drawn at random, so that many of them do not come back at once.
 *
 * @param life after which the server is asked to end a watch
 * @param silence after which a watch is taken for dead; servers send a bookmark about once a minute
 * @param first pause after an end; it doubles with each failure up to {@code longest}
 * @param unserved after which a custom resource that is not served is looked for again
 */
public record WatchPace(
        Duration life, Duration silence, Duration first, Duration longest, Duration unserved, RandomGenerator random) {

    private static final int DOUBLINGS = 10;

    static WatchPace usual(RandomGenerator random) {
        return new WatchPace(
                Duration.ofMinutes(5),
                Duration.ofSeconds(75),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                random);
    }

    long lifeSeconds() {
        return spread(life.toMillis()) / 1000;
    }

    long silenceMillis() {
        return silence.toMillis();
    }

    long absent() {
        return spread(unserved.toMillis());
    }

    /** Milliseconds until the next attempt after so many failures in a row. */
    long pause(int failures) {
        long doubled = first.toMillis() << Math.min(Math.max(failures - 1, 0), DOUBLINGS);
        return spread(Math.min(doubled, longest.toMillis()));
    }

    private long spread(long millis) {
        return millis / 2 + random.nextLong(millis + 1);
    }
}
