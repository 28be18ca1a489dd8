package io.cnishift.engine.plan;

import java.util.Locale;

/** What is to become of Applications of Argo CD that hold what a plan changes. */
public enum ArgoCd {
    /** They sync on: their owners make the changes. */
    LEAVE,
    /** They are paused meanwhile: cnishift makes the changes, and their owners follow before they sync again. */
    PAUSE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
