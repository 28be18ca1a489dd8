package io.cnishift.engine.slice;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/** A time by which a run has to be over: {@code 05:30}, the next one, or {@code 2026-11-28T05:30}. */
public record Deadline(Optional<LocalDate> date, LocalTime time) {

    public Deadline {
        Objects.requireNonNull(date);
        Objects.requireNonNull(time);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Deadline parse(String text) {
        int t = text.indexOf('T');
        if (t < 0) {
            return new Deadline(Optional.empty(), LocalClock.time(text));
        }
        try {
            return new Deadline(
                    Optional.of(LocalDate.parse(text.substring(0, t))), LocalClock.time(text.substring(t + 1)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time; write it as 05:30 or 2026-11-28T05:30", e);
        }
    }

    /** The instant that it means for a run that begins then. */
    Instant after(Instant start, ZoneId zone) {
        if (date.isPresent()) {
            return LocalClock.instant(date.get(), time, zone);
        }
        LocalDateTime local = start.atZone(zone).toLocalDateTime();
        Instant today = LocalClock.instant(local.toLocalDate(), time, zone);
        return today.isAfter(start)
                ? today
                : LocalClock.instant(local.toLocalDate().plusDays(1), time, zone);
    }

    @Override
    public String toString() {
        return date.map(d -> d + "T").orElse("") + time;
    }
}
