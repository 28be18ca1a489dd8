package io.cnishift.engine.journal;

import java.util.Objects;

/**
 * Dies in the middle of a step, once: when its first act has been performed, before the outcome is written; in a step that performs
 * none, before its end is written. So the next process finds an act of which nobody knows whether it was performed.
 */
public final class DyingInStep implements JournalSink, JournalReader {

    private final JournalSink inner;
    private final String step;
    private final Runnable last;
    private long intent;
    private boolean dying;

    /**
     * Dies in that step.
     *
     * @param last is done before the death
     */
    public DyingInStep(String step, JournalSink inner, Runnable last) {
        this.step = Objects.requireNonNull(step);
        this.inner = Objects.requireNonNull(inner);
        this.last = Objects.requireNonNull(last);
    }

    @Override
    public void write(JournalLine line) {
        line.record().tell(this, line);
        if (dying) {
            last.run();
            throw new SimulatedCrash("in the middle of step " + step);
        }
        inner.write(line);
    }

    @Override
    public void read(JournalRecord.ActIntended record, JournalLine line) {
        if (record.step().equals(step)) {
            intent = line.seq();
        }
    }

    @Override
    public void read(JournalRecord.ActEnded record, JournalLine line) {
        dying |= record.intent() == intent;
    }

    @Override
    public void read(JournalRecord.StepDone record, JournalLine line) {
        dying |= record.step().equals(step);
    }

    @Override
    public void close() {
        inner.close();
    }
}
