package io.cnishift.engine.journal;

import java.util.Locale;

/** How a run ended, by the names that other tools read. */
public enum RunOutcome {
    SUCCEEDED,
    /** Refused before anything was changed. */
    BLOCKED,
    FAILED,
    /** Stopped, parked, can be resumed. */
    PAUSED,
    ROLLED_BACK,
    /** A rehearsal that cannot tell, for its world does not show the effect of some act. */
    NOT_MODELLED;

    /** The lowerCamelCase name of results. */
    @Override
    public String toString() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_", 2);
        return words.length == 1
                ? words[0]
                : words[0] + words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1);
    }
}
