package io.cnishift.engine.lock;

import java.time.Instant;
import java.util.Objects;

/**
 * Who holds a lock, on which machine, for what, since when.
 *
 * @param holder user and process
 * @param operation the command: apply, resume, rollback
 */
public record LockHolder(String holder, String host, String operation, Instant since) {

    public LockHolder {
        Objects.requireNonNull(holder);
        Objects.requireNonNull(host);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(since);
    }

    @Override
    public String toString() {
        return holder + " on " + host + " (" + operation + ") since " + since;
    }
}
