package io.cnishift.simulator.front;

import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets virtual time run at a multiple of the time on the wall, as far as the machine keeps up. */
final class Pace {
    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);
    private static final double MILLIS_TO_NANOS = 1e6;

    private final Turns turns;
    private final TimeSource wall;
    private final double speed;
    private Instant last;
    private volatile @Nullable RuntimeException failure;

    Pace(Turns turns, TimeSource wall, double speed) {
        this.turns = turns;
        this.wall = wall;
        this.speed = speed;
        last = wall.now();
    }

    /** Catches up with the wall. */
    void tick() {
        Instant now = wall.now();
        double nanos = Duration.between(last, now).toMillis() * speed * MILLIS_TO_NANOS;
        last = now;
        if (failure != null || nanos <= 0) {
            return;
        }
        try {
            turns.runUntil(turns.now().plusNanos((long) nanos));
        } catch (RuntimeException e) {
            // nobody waits for the clock; whoever asks how it fares is told
            LOG.error("the clock of the simulated cluster has stopped", e);
            failure = e;
        }
    }

    /** Why time does not go on, if it does not. */
    Optional<String> stopped() {
        return Optional.ofNullable(failure).map(f -> "the clock has stopped: " + f);
    }
}
