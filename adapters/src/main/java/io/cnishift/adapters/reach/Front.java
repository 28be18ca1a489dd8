package io.cnishift.adapters.reach;

import java.util.List;
import java.util.Objects;

/**
 * A load balancer as a client sees it.
 *
 * @param address its DNS name or address
 * @param host that the client wants
 * @param passesThrough whether its connections are those of the targets, so that an open one proves a target
 * @param web whether what is behind it speaks HTTP
 */
record Front(String address, String host, String path, List<Door> doors, boolean passesThrough, boolean web) {

    /** A port on which it may be called. */
    record Door(int port, boolean tls) {

        @Override
        public String toString() {
            return (tls ? "TLS" : "TCP") + " port " + port;
        }
    }

    Front {
        Objects.requireNonNull(address);
        Objects.requireNonNull(host);
        Objects.requireNonNull(path);
        doors = List.copyOf(doors);
    }
}
