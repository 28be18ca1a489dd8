package io.cnishift.cli.page;

import java.time.Duration;
import java.util.Locale;

/** Durations in words. */
final class Times {

    private Times() {}

    /** {@code 45 s}, {@code 12 min}, {@code 3 h 05 min}. */
    static String of(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + String.format("%02d", minutes % 60) + " min";
    }

    /** Like {@link #ofSeconds}, with tenths of what is told in seconds, so that what is shown adds up. */
    static String ofTenths(double seconds) {
        boolean whole = seconds == 0 || seconds >= 119.5;
        return whole ? ofSeconds(seconds) : String.format(Locale.ROOT, "%.1f s", seconds);
    }

    static String ofSeconds(double seconds) {
        return of(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
