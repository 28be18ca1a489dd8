package io.cnishift.simulator.kit;

import io.cnishift.engine.journal.CrashingSink;
import io.cnishift.engine.journal.DyingInStep;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalReader;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalSink;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where processes die: at the begin of a step, in the middle of it, or at its end, each once. */
final class Deaths {

    /** One death. */
    record Death(String step, Place place) {
        @Override
        public String toString() {
            return place.words + " step " + step;
        }
    }

    /** Its place. */
    enum Place {
        BEFORE("before"),
        IN("in the middle of"),
        AT_END("before the end of"),
        AFTER("after");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    private final Set<Death> ahead;

    Deaths(List<Death> ahead) {
        this.ahead = new LinkedHashSet<>(ahead);
    }

    /** Every death of a plan with these steps. */
    static List<Death> all(List<String> steps) {
        List<Death> all = new ArrayList<>();
        steps.forEach(step -> {
            for (Place place : Place.values()) {
                all.add(new Death(step, place));
            }
        });
        return all;
    }

    /** Whether nobody has to die any more. */
    boolean over() {
        return ahead.isEmpty();
    }

    /** The sink of the next process. */
    JournalSink of(JournalSink sink) {
        JournalSink armed = sink;
        for (Death death : ahead) {
            if (death.place() == Place.IN) {
                armed = new DyingInStep(death.step(), armed, () -> ahead.remove(death));
            }
        }
        return new AtEnds(armed);
    }

    private final class AtEnds implements JournalSink, JournalReader {
        private final JournalSink inner;
        private boolean written;

        AtEnds(JournalSink inner) {
            this.inner = inner;
        }

        @Override
        public void write(JournalLine line) {
            written = false;
            line.record().tell(this, line);
            if (!written) {
                inner.write(line);
            }
        }

        @Override
        public void read(JournalRecord.StepBegun record, JournalLine line) {
            die(record.step(), Place.BEFORE, line, CrashingSink.before(1, inner));
        }

        @Override
        public void read(JournalRecord.StepDone record, JournalLine line) {
            die(record.step(), Place.AT_END, line, CrashingSink.before(1, inner));
            die(record.step(), Place.AFTER, line, CrashingSink.after(1, inner));
        }

        private void die(String step, Place place, JournalLine line, JournalSink last) {
            if (ahead.remove(new Death(step, place))) {
                written = true;
                last.write(line);
            }
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
