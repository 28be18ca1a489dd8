package io.cnishift.engine.journal;

import java.util.Objects;

/** Dies at the n-th line that goes through it, for tests that a run survives a crash at every record. */
public final class CrashingSink implements JournalSink {

    private final JournalSink inner;
    private final boolean written;
    private long left;

    private CrashingSink(JournalSink inner, boolean written, long nth) {
        this.inner = Objects.requireNonNull(inner);
        this.written = written;
        this.left = nth;
    }

    /** Dies instead of writing the n-th line, counted from 1. */
    public static JournalSink before(long nth, JournalSink inner) {
        return new CrashingSink(inner, false, nth);
    }

    /** Dies once the n-th line is written. */
    public static JournalSink after(long nth, JournalSink inner) {
        return new CrashingSink(inner, true, nth);
    }

    @Override
    public void write(JournalLine line) {
        left--;
        if (left == 0 && !written) {
            throw new SimulatedCrash("before record " + line.seq());
        }
        inner.write(line);
        if (left == 0) {
            throw new SimulatedCrash("after record " + line.seq());
        }
    }

    @Override
    public void close() {
        inner.close();
    }
}
