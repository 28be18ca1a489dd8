package io.cnishift.api.plan;

import java.util.Locale;

/** What to do about a failure: try again later, ask the user (the run stops, parked), or give up. */
public enum Disposition {
    RETRY,
    ASK,
    ABORT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
