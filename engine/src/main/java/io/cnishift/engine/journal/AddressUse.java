package io.cnishift.engine.journal;

import java.time.Instant;
import java.util.Objects;

/** IPv4 addresses in use in one subnet at one time, those that AWS reserves not counted. */
public record AddressUse(Instant at, String subnet, int used) {

    public AddressUse {
        Objects.requireNonNull(at);
        Objects.requireNonNull(subnet);
    }
}
