package io.cnishift.engine.slice;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How much of a migration one run does. The way back is bound by its end alone.
 *
 * @param lasting how long, from the begin of the run
 * @param by when it has to be over
 * @param windows in one of which it works; when that closes it is over
 * @param zone IANA time zone of deadline and windows
 * @param nodes most nodes whose drain it begins
 * @param only nodes of one of these choices are replaced; without any, all are
 * @param except nodes of one of these choices are not
 * @param waits whether a run that begins outside of its windows waits for the next one
 */
public record Slice(
        Optional<Duration> lasting,
        Optional<Deadline> by,
        List<Window> windows,
        String zone,
        OptionalInt nodes,
        List<NodeChoice> only,
        List<NodeChoice> except,
        boolean waits) {

    /** All of it. */
    public static final Slice ALL = new Slice(
            Optional.empty(), Optional.empty(), List.of(), "UTC", OptionalInt.empty(), List.of(), List.of(), false);

    public Slice {
        Objects.requireNonNull(lasting);
        Objects.requireNonNull(by);
        windows = List.copyOf(windows);
        Objects.requireNonNull(nodes);
        only = List.copyOf(only);
        except = List.copyOf(except);
        zone(zone);
        if (lasting.filter(d -> d.isZero() || d.isNegative()).isPresent()) {
            throw new IllegalArgumentException("a run lasts longer than nothing");
        }
        if (nodes.isPresent() && nodes.getAsInt() < 1) {
            throw new IllegalArgumentException("a run replaces at least one node");
        }
    }

    /** Whether it is over at some time, whatever is done by then. */
    public boolean ends() {
        return lasting.isPresent() || by.isPresent() || !windows.isEmpty();
    }

    /**
     * A time zone by its IANA name.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no time zone; write its IANA name, such as Asia/Kolkata", e);
        }
    }

    /** For so long. */
    public Slice lasting(Duration time) {
        return new Slice(Optional.of(time), by, windows, zone, nodes, only, except, waits);
    }

    /** In these windows. */
    public Slice in(List<Window> times, ZoneId where) {
        return new Slice(lasting, by, times, where.getId(), nodes, only, except, waits);
    }

    /** So many nodes. */
    public Slice nodes(int most) {
        return new Slice(lasting, by, windows, zone, OptionalInt.of(most), only, except, waits);
    }

    /** Nodes of that choice alone. */
    public Slice only(NodeChoice choice) {
        return new Slice(lasting, by, windows, zone, nodes, List.of(choice), except, waits);
    }

    /** The same, waiting for the next window where none is open. */
    public Slice waiting() {
        return new Slice(lasting, by, windows, zone, nodes, only, except, true);
    }

    /** Whether nothing is left out. */
    public boolean isAll() {
        return lasting.isEmpty() && by.isEmpty() && windows.isEmpty() && nodes.isEmpty() && takesAll();
    }

    /** Whether it takes every node. */
    public boolean takesAll() {
        return only.isEmpty() && except.isEmpty();
    }

    /** Whether it may replace a node of that group and zone with those labels. */
    public boolean takes(String group, String in, Map<String, String> labels) {
        return (only.isEmpty() || only.stream().anyMatch(c -> c.means(group, in, labels)))
                && except.stream().noneMatch(c -> c.means(group, in, labels));
    }

    /** When its next window opens, if none is open at that time. */
    public Optional<Instant> opensAt(Instant time) {
        return windows.isEmpty()
                        || Window.closes(windows, time, ZoneId.of(zone)).isPresent()
                ? Optional.empty()
                : Optional.of(Window.opens(windows, time, ZoneId.of(zone)));
    }

    /** When a run that begins then is over; empty when no time limits it. */
    public Optional<Instant> endsAt(Instant start) {
        ZoneId where = ZoneId.of(zone);
        return Stream.of(
                        lasting.map(start::plus),
                        by.map(d -> d.after(start, where)),
                        windows.isEmpty() ? Optional.<Instant>empty() : Window.closes(windows, start, where))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** That time as the clock shows it in its zone, and that zone. */
    public String local(Instant time) {
        return time.atZone(ZoneId.of(zone)).toLocalDateTime().withNano(0) + " " + zone;
    }
}
