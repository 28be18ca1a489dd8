package io.cnishift.api.plan;

import java.util.Locale;

/** How much a finding weighs, worst first. */
public enum Severity {
    /** Goes only when a fact, an option or a constraint changes, or when a plan step cures it. */
    BLOCKER,
    /** Stops {@code plan} until the user accepts it. */
    CONSENT,
    WARNING,
    INFO;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
