package io.cnishift.engine.slice;

import io.cnishift.api.plan.Count;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How fast a run replaces nodes: as it has measured itself, and before it has, as estimated.
 *
 * @param drain from the mark of an old node to the end of its instance; measured, nine of ten took no longer
 * @param each from one node to the next, where several have been replaced in a row
 * @param measured of how many nodes
 */
public record Pace(Duration drain, Optional<Duration> each, int measured) {

    /** Half of it is what load balancers take by default to let connections end, the rest is pods that move. */
    private static final Duration DRAIN = Duration.ofMinutes(10);
    /** A node that boots, joins and is proven. */
    public static final Duration BOOT = Duration.ofMinutes(2);

    private static final double MOST = 0.9;

    /** Before anything is measured. */
    public static final Pace ESTIMATED = new Pace(DRAIN, Optional.empty(), 0);

    public Pace {
        Objects.requireNonNull(drain);
        Objects.requireNonNull(each);
    }

    /** That of drains which took so long. */
    public static Pace of(List<Duration> drains, Optional<Duration> each) {
        if (drains.isEmpty()) {
            return ESTIMATED;
        }
        List<Duration> sorted = drains.stream().sorted().toList();
        return new Pace(sorted.get((int) Math.ceil(sorted.size() * MOST) - 1), each, sorted.size());
    }

    /** How long a drain takes, and where that is known from. */
    public String words() {
        return words(drain) + (measured == 0 ? ", as estimated" : ", as measured on " + Count.of(measured, "node"));
    }

    /** A duration in words. */
    public static String words(Duration time) {
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() < 2
                ? time.plusSeconds(30).toMinutes() + " min"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
