package io.cnishift.api.plan;

import java.util.Locale;
import java.util.Objects;

/** What capacity is wanted: {@code pods=500}, {@code nodes=40}, {@code growth=50%}, {@code free-ips=100}. */
public record Goal(Measure measure, long amount) {

    /** The unit of a goal; growth is in percent of the pods that run now. */
    public enum Measure {
        PODS,
        NODES,
        GROWTH,
        FREE_IPS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Goal {
        Objects.requireNonNull(measure);
        if (amount < 1) {
            throw new IllegalArgumentException("a goal must be at least 1, not " + amount);
        }
    }

    /** Reads {@code MEASURE=N} or {@code growth=N%}. */
    public static Goal parse(String text) {
        for (Measure measure : Measure.values()) {
            if (text.matches(measure + "=[0-9]{1,9}" + (measure == Measure.GROWTH ? "%" : ""))) {
                return new Goal(measure, Long.parseLong(text.replaceAll("[^0-9]", "")));
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no goal; write pods=N, nodes=N, growth=N% or free-ips=N");
    }

    @Override
    public String toString() {
        return measure + "=" + amount + (measure == Measure.GROWTH ? "%" : "");
    }
}
