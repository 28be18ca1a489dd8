package io.cnishift.engine.rollback;

import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalReader;
import io.cnishift.engine.journal.JournalRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the acts that steps have done, or may have done, and that were not taken back since. */
final class Intents implements JournalReader {

    private final Map<Long, JournalRecord.ActIntended> standing = new LinkedHashMap<>();

    /** Those of one step, oldest first. */
    List<JournalRecord.ActIntended> of(String step) {
        return standing.values().stream()
                .filter(intent -> intent.step().equals(step))
                .toList();
    }

    @Override
    public void read(JournalRecord.ActIntended record, JournalLine line) {
        standing.put(line.seq(), record);
    }

    @Override
    public void read(JournalRecord.ActEnded record, JournalLine line) {
        if (!record.result().done()) {
            standing.remove(record.intent());
        }
    }

    @Override
    public void read(JournalRecord.StepBack record, JournalLine line) {
        standing.values().removeIf(intent -> intent.step().equals(record.step()));
    }
}
