package io.cnishift.engine.journal;

/** Keeps nothing: the journal itself holds the lines. For rehearsals, which nobody resumes. */
final class MemorySink implements JournalSink {

    @Override
    public void write(JournalLine line) {}

    @Override
    public void close() {}
}
