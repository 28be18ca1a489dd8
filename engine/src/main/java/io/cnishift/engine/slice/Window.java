package io.cnishift.engine.slice;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Times of a week in which a run may work, {@code Mon-Thu 22:00-05:00}: the days are those on which it opens, and one that ends
 * before it begins ends on the next day. Without days it opens every day. It is a span between two local times, so that the night
 * in which the clocks change is an hour longer or shorter.
 */
public record Window(Set<DayOfWeek> days, LocalTime opens, LocalTime closes) {

    private static final int WEEK = 7;

    public Window {
        days = Set.copyOf(days);
        Objects.requireNonNull(opens);
        Objects.requireNonNull(closes);
    }

    private record Span(Instant from, Instant to) {
        boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Window parse(String text) {
        String[] words = text.trim().split("\\s+", -1);
        String[] times = words[words.length - 1].split("-", -1);
        if (words.length > 2 || times.length != 2 || !words[words.length - 1].contains(":")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no window; write it as 'Mon-Thu 22:00-05:00' or '22:00-05:00'");
        }
        Set<DayOfWeek> days = words.length == 1 ? EnumSet.allOf(DayOfWeek.class) : days(words[0]);
        LocalTime closes = times[1].equals("24:00") ? LocalTime.MIDNIGHT : LocalClock.time(times[1]);
        return new Window(days, LocalClock.time(times[0]), closes);
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            if (ends.length > 2) {
                throw new IllegalArgumentException("'" + part + "' is no range of days; write it as Mon-Thu");
            }
            DayOfWeek last = day(ends[ends.length - 1]);
            DayOfWeek day = day(ends[0]);
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        return Stream.of(DayOfWeek.values())
                .filter(d -> word(d).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is no day; the days are Mon, Tue, Wed, Thu, Fri, Sat and Sun"));
    }

    private static String word(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    /** When it closes, if it is open then; windows that follow on each other are one. */
    static Optional<Instant> closes(List<Window> windows, Instant time, ZoneId zone) {
        Optional<Instant> end = Optional.empty();
        Optional<Instant> next = end(windows, time, zone);
        for (int i = 0; next.isPresent() && i < WEEK; i++) {
            end = next;
            next = end(windows, end.get(), zone);
        }
        return end;
    }

    private static Optional<Instant> end(List<Window> windows, Instant time, ZoneId zone) {
        return windows.stream()
                .flatMap(w -> w.around(time, zone))
                .filter(span -> span.holds(time))
                .map(Span::to)
                .max(Instant::compareTo);
    }

    /** When the first of them opens after that time. */
    static Instant opens(List<Window> windows, Instant time, ZoneId zone) {
        return windows.stream()
                .flatMap(w -> w.around(time, zone))
                .map(Span::from)
                .filter(from -> from.isAfter(time))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Its spans from the day before that time to the same day of the next week. */
    private Stream<Span> around(Instant time, ZoneId zone) {
        LocalDate today = time.atZone(zone).toLocalDate();
        return Stream.iterate(today.minusDays(1), day -> day.plusDays(1))
                .limit(WEEK + 2L)
                .filter(day -> days.contains(day.getDayOfWeek()))
                .map(day -> new Span(
                        LocalClock.instant(day, opens, zone),
                        LocalClock.instant(closes.isAfter(opens) ? day : day.plusDays(1), closes, zone)))
                .filter(span -> span.from().isBefore(span.to()));
    }

    @Override
    public String toString() {
        String which = days.size() == WEEK
                ? ""
                : days.stream().sorted().map(Window::word).collect(Collectors.joining(",")) + " ";
        return which + opens + "-" + (closes.equals(LocalTime.MIDNIGHT) ? "24:00" : closes.toString());
    }
}
