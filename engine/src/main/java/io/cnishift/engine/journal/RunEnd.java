package io.cnishift.engine.journal;

import java.util.Locale;

/** What a run that succeeded leaves behind: one CNI, or two because some nodes stay on the old one as planned. */
public enum RunEnd {
    COMPLETE,
    HYBRID;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
