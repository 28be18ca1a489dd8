package io.cnishift.cli;

import io.cnishift.api.port.TimeSource;
import java.time.Instant;

/** The time of this machine, for stamps and dates. It is never waited on: runs wait in their own worlds. */
final class WallTime implements TimeSource {

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void await(Instant until) {
        throw new UnsupportedOperationException("the command line does not wait");
    }
}
