package io.cnishift.engine.journal;

/** Where the lines of a journal go. When {@link #write} returns, the line survives the death of the process. */
public interface JournalSink extends AutoCloseable {

    /** Writes one line. */
    void write(JournalLine line);

    @Override
    void close();
}
