package io.cnishift.engine.journal;

import java.time.Instant;
import java.util.Objects;

/** IPv4 addresses in use in one subnet at one time, those that AWS reserves not counted. */
public record AddressPoint(Instant at, String subnet, int used) {

    public AddressPoint {
        Objects.requireNonNull(at);
        Objects.requireNonNull(subnet);
    }
}
