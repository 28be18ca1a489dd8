package io.cnishift.cli.page;

import java.time.Duration;

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

    static String ofSeconds(double seconds) {
        return of(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
