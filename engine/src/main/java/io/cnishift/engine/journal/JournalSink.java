package io.cnishift.engine.journal;

import java.time.Instant;
import java.util.Optional;

/** Where the lines of a journal go. When {@link #write} returns, the line survives the death of the process. */
public interface JournalSink extends AutoCloseable {

    /** Writes one line. */
    void write(JournalLine line);

    /**
     * A moment in which the run waits, for what need not be done with each line.
     *
     * @return what is behind and why; empty when nothing is
     */
    default Optional<String> settle(Instant now) {
        return Optional.empty();
    }

    /** When such a moment is wanted next. */
    default Instant due() {
        return Instant.MAX;
    }

    @Override
    void close();
}
