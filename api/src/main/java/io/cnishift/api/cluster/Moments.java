package io.cnishift.api.cluster;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as the API server writes them, {@code 2026-11-02T20:00:00Z}. Read by hand, since that is done at every change of every
 * object; every other form is left to the JDK.
 */
final class Moments {
    private static final String FORM = "0000-00-00T00:00:00Z";

    private Moments() {}

    /** The same as {@link Instant#parse}. */
    static Instant parse(String text) {
        if (!isPlain(text)) {
            return Instant.parse(text);
        }
        int hour = number(text, 11);
        int minute = number(text, 14);
        int second = number(text, 17);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        LocalDate day = LocalDate.of(100 * number(text, 0) + number(text, 2), number(text, 5), number(text, 8));
        return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second);
    }

    private static boolean isPlain(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char there = text.charAt(i);
            char wanted = FORM.charAt(i);
            if (wanted == '0' ? there < '0' || there > '9' : there != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int at) {
        return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
    }
}
