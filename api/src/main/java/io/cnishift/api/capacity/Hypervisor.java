package io.cnishift.api.capacity;

import java.util.Locale;

/** What virtualises an instance type, as EC2 states it. EC2 states nothing for most bare metal types. */
public enum Hypervisor {
    NITRO,
    XEN,
    UNKNOWN;

    /** The constant of this text in any case; {@link #UNKNOWN} for everything that EC2 may add. */
    public static Hypervisor of(String text) {
        for (Hypervisor hypervisor : values()) {
            if (hypervisor.name().equalsIgnoreCase(text)) {
                return hypervisor;
            }
        }
        return UNKNOWN;
    }

    /** The name in lower case, as in EC2 and in cnishift's output. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
