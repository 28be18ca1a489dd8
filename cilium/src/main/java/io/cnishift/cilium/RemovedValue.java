package io.cnishift.cilium;

import java.util.Objects;

/**
 * A value that a chart no longer has.
 *
 * @param name dotted path; what stands below it is gone too
 * @param since first line that lacks it, for example {@code 1.19}
 * @param effect what the chart does when it is set all the same
 * @param remedy what to do instead, one clause
 */
record RemovedValue(String name, String since, Effect effect, String remedy) {

    /** What setting a removed value does. */
    public enum Effect {
        /** The chart refuses to render. */
        FAILS,
        /** Nothing happens, silently. */
        IGNORED
    }

    public RemovedValue {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(remedy, "remedy");
    }
}
