package io.cnishift.cilium;

import java.util.Objects;

/**
 * Something wrong with chart values.
 *
 * @param code of the {@link ValueRule} that is broken, for example {@code CILIUM-UNKNOWN-VALUE}
 * @param severity whether the values can be used at all
 * @param key dotted path of the value that should change; empty when none alone is to blame
 * @param message what is wrong, one sentence
 * @param remedy what to do, one sentence
 */
public record ValueProblem(String code, Severity severity, String key, String message, String remedy) {

    /** How bad a problem is. */
    public enum Severity {
        /** The chart, the agent or the migration fails with these values. */
        ERROR,
        /** They can be used, and probably do not mean what was meant. */
        WARNING
    }

    public ValueProblem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
    }

    static ValueProblem error(ValueRule rule, String key, String message, String remedy) {
        return new ValueProblem(rule.code(), Severity.ERROR, key, message, remedy);
    }

    static ValueProblem warning(ValueRule rule, String key, String message, String remedy) {
        return new ValueProblem(rule.code(), Severity.WARNING, key, message, remedy);
    }
}
