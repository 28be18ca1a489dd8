package io.cnishift.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What came of the faults that a user asked for: a rehearsal in which a fault never happened proves nothing of it. */
public final class Injected {

    private final SimClock clock;
    private final Set<String> asked;
    private final Map<String, Happened> happened = new LinkedHashMap<>();

    Injected(SimClock clock, Set<String> asked) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.asked = new TreeSet<>(asked);
    }

    private record Happened(String what, Instant first, int times) {
        String line() {
            return what + (times == 1 ? " (at " + first + ")" : " (" + times + " times, first at " + first + ")");
        }
    }

    /** Notes that a fault happened; the same words again are counted. */
    public void note(String fault, String what) {
        asked.remove(fault);
        String words = fault + ": " + what;
        happened.merge(
                words,
                new Happened(words, clock.now(), 1),
                (old, now) -> new Happened(words, old.first(), old.times() + 1));
    }

    /** All that happened, in the order in which it began, and the faults that did not happen. */
    public List<String> lines() {
        return Stream.concat(
                        happened.values().stream().map(Happened::line),
                        asked.stream().map(fault -> fault + ": did not happen"))
                .toList();
    }
}
