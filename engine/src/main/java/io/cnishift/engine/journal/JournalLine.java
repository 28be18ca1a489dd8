package io.cnishift.engine.journal;

import java.time.Instant;
import java.util.Objects;

/**
 * A record with its place and time.
 *
 * @param seq counted from 1, without gaps
 */
public record JournalLine(long seq, Instant at, JournalRecord record) {

    public JournalLine {
        Objects.requireNonNull(at);
        Objects.requireNonNull(record);
        if (seq < 1) {
            throw new IllegalArgumentException("records are counted from 1, not " + seq);
        }
    }
}
