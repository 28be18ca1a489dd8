package io.cnishift.cilium;

import java.util.Locale;

/** How much of Hubble is switched on at the end. The agents' own flow buffers are on in every case. */
public enum HubbleLevel {
    /** The agents' buffers only. */
    AGENT,
    /** And the relay, which answers for the whole cluster. */
    RELAY,
    /** And the web interface, which needs the relay. */
    UI;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
