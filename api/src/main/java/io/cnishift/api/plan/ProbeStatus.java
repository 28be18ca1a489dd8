package io.cnishift.api.plan;

import java.util.Locale;

/** How a probe ended; one that could not run is unknown, never a pass. */
public enum ProbeStatus {
    PASS,
    FAIL,
    WARN,
    UNKNOWN,
    SKIPPED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
