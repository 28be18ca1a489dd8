package io.cnishift.engine.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The journal of one migration: lines are only added, each of them is on the disk before {@link #append} returns, and
 * {@link #state} is always their fold. Used by one thread.
 */
public final class Journal implements AutoCloseable {

    private final String migration;
    private final List<JournalLine> lines = new ArrayList<>();
    private final JournalState state;
    private final JournalSink sink;

    Journal(String migration, List<JournalLine> read, JournalSink sink) {
        this.migration = Objects.requireNonNull(migration);
        this.sink = Objects.requireNonNull(sink);
        this.state = new JournalState(migration);
        read.forEach(this::take);
    }

    /** A journal that lives as long as the process, for rehearsals. */
    public static Journal inMemory(String migration) {
        return new Journal(migration, List.of(), new MemorySink());
    }

    /** A journal in memory that goes on where another one stands, to rehearse what comes next. */
    public static Journal inMemory(Journal from) {
        return new Journal(from.migration, from.lines, new MemorySink());
    }

    /** The same journal with its sink wrapped; this one must no longer be used. */
    public Journal through(UnaryOperator<JournalSink> wrapper) {
        return new Journal(migration, lines, wrapper.apply(sink));
    }

    /** Id of the migration. */
    public String migration() {
        return migration;
    }

    /** What the lines so far amount to; changes with every line. */
    public JournalState state() {
        return state;
    }

    /** The lines so far, oldest first. */
    public List<JournalLine> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** Whether nothing has been written yet. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Adds a record and forces it to the disk. */
    public JournalLine append(Instant at, JournalRecord record) {
        JournalLine line = new JournalLine(lines.size() + 1L, at, record);
        sink.write(line);
        take(line);
        return line;
    }

    /** When {@link #settle} wants to be called. */
    public Instant due() {
        return sink.due();
    }

    /**
     * Lets the copy in the cluster catch up, where there is one.
     *
     * @return what to write down: that it cannot, or that it can again
     */
    public Optional<JournalRecord> settle(Instant now) {
        Optional<String> trouble = sink.settle(now);
        boolean known = trouble.isPresent() == state.run().copyTrouble().isPresent();
        return known ? Optional.empty() : Optional.of(new JournalRecord.Copied(trouble));
    }

    private void take(JournalLine line) {
        lines.add(line);
        line.record().tell(state, line);
    }

    @Override
    public void close() {
        sink.close();
    }
}
