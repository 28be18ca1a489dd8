package io.cnishift.simulator.kit;

import java.util.Objects;

/**
 * A promise of strategies that one does not keep.
 *
 * @param rule the promise
 * @param what how it is broken, with the step, code or field
 */
public record Violation(String rule, String what) {

    public Violation {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(what);
    }

    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
