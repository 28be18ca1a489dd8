package io.cnishift.engine.guard;

import io.cnishift.api.port.Guard;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What must stay well while a run is at work, how often it is looked at, and what it may cost. */
public record Guarding(List<Guard> guards, Duration every, GuardBudget budget) {

    /** How often, unless it is said. */
    public static final Duration USUAL = Duration.ofSeconds(10);

    /** Nothing. */
    public static final Guarding NONE = new Guarding(List.of(), USUAL, GuardBudget.USUAL);

    public Guarding {
        guards = List.copyOf(guards);
        Objects.requireNonNull(every);
        Objects.requireNonNull(budget);
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("guards are looked at once a second at most");
        }
    }

    /** These guards, as usual. */
    public static Guarding of(List<Guard> guards) {
        return new Guarding(guards, USUAL, GuardBudget.USUAL);
    }

    /** The same with that budget. */
    public Guarding within(GuardBudget other) {
        return new Guarding(guards, every, other);
    }
}
