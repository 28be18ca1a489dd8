package io.cnishift.api.plan;

import java.util.Locale;

/** Who makes the change of a step: cnishift, or the owner of the object, whom it shows the change and waits for. */
public enum Executor {
    CNISHIFT,
    OWNER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
