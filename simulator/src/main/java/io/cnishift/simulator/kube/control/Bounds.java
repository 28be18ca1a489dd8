package io.cnishift.simulator.kube.control;

import java.util.Optional;

/** Numbers that may be written as percentages. */
final class Bounds {
    private static final long HUNDRED = 100;

    private Bounds() {}

    /** A share rounded up, as maxSurge and budgets are. */
    static long up(Optional<String> bound, long total, long absent) {
        return bound.map(b -> b.endsWith("%") ? Math.floorDiv(percent(b) * total + HUNDRED - 1, HUNDRED) : number(b))
                .orElse(absent);
    }

    /** A share rounded down, as a Deployment's maxUnavailable is. */
    static long down(Optional<String> bound, long total, long absent) {
        return bound.map(b -> b.endsWith("%") ? Math.floorDiv(percent(b) * total, HUNDRED) : number(b))
                .orElse(absent);
    }

    private static long percent(String bound) {
        return number(bound.substring(0, bound.length() - 1));
    }

    private static long number(String text) {
        return Long.parseLong(text.trim());
    }
}
