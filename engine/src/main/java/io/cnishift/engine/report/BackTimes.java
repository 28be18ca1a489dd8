package io.cnishift.engine.report;

import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalReader;
import io.cnishift.engine.journal.JournalRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When each step was taken back: they are one after the other, so each began when the one before had ended. */
final class BackTimes implements JournalReader {

    private final Map<String, Span> spans = new HashMap<>();
    private Instant since = Instant.MIN;

    private BackTimes() {}

    /** From when to when. */
    record Span(Instant from, Instant to) {}

    static BackTimes of(Journal journal) {
        BackTimes times = new BackTimes();
        journal.lines().forEach(line -> line.record().tell(times, line));
        return times;
    }

    Optional<Span> of(String step) {
        return Optional.ofNullable(spans.get(step));
    }

    @Override
    public void read(JournalRecord.RollbackBegun record, JournalLine line) {
        since = line.at();
    }

    @Override
    public void read(JournalRecord.Resumed record, JournalLine line) {
        since = line.at();
    }

    @Override
    public void read(JournalRecord.StepBack record, JournalLine line) {
        spans.put(record.step(), new Span(since, line.at()));
        since = line.at();
    }
}
