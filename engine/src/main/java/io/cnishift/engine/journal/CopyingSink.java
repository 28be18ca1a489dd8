package io.cnishift.engine.journal;

import io.cnishift.api.port.MigrationException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Copies lines to the cluster, a few seconds after they are on the disk. The local file is the record of order: a copy that
 * cannot be written is told and tried again, and never stops a run.
 *
 * <p>Of a batch the backups go first, so that who reads the copy finds one for every act that he finds.
 */
final class CopyingSink implements JournalSink {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final JournalSink inner;
    private final LineForm form;
    private final Chunks progress;
    private final Chunks backups;
    private final Chunks.Cursor progressEnd;
    private final Chunks.Cursor backupsEnd;
    private final List<JournalLine> pending = new ArrayList<>();
    private final Deque<Supplier<Optional<String>>> writes = new ArrayDeque<>();
    private Instant due = Instant.EPOCH;
    private Duration pause = EVERY;
    private long copied;

    /** Where the copy stands: its chunks, and how many lines it has. */
    record Stand(int progress, int backups, long lines) {}

    /**
     * Copies what comes.
     *
     * @param first what has to be written before any line
     */
    CopyingSink(
            JournalSink inner,
            LineForm form,
            Chunks progress,
            Chunks backups,
            Stand stand,
            List<Supplier<Optional<String>>> first) {
        this.inner = inner;
        this.form = form;
        this.progress = progress;
        this.backups = backups;
        this.progressEnd = new Chunks.Cursor(stand.progress());
        this.backupsEnd = new Chunks.Cursor(stand.backups());
        this.copied = stand.lines();
        writes.addAll(first);
    }

    /** The lines that an earlier process wrote and did not copy any more. */
    void missed(List<JournalLine> lines) {
        pending.addAll(lines);
    }

    @Override
    public void write(JournalLine line) {
        inner.write(line);
        pending.add(line);
    }

    @Override
    public Instant due() {
        return pending.isEmpty() && writes.isEmpty() ? Instant.MAX : due;
    }

    @Override
    public Optional<String> settle(Instant now) {
        if (!pending.isEmpty()) {
            prepare(List.copyOf(pending));
            pending.clear();
        }
        Optional<String> trouble = flush();
        pause = trouble.isEmpty() ? EVERY : longer();
        due = now.plus(pause);
        return trouble;
    }

    private Duration longer() {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    private void prepare(List<JournalLine> lines) {
        ByteArrayOutputStream bare = new ByteArrayOutputStream();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (JournalLine line : lines) {
            bare.writeBytes(form.write(Bare.of(line)));
            if (Bare.hides(line)) {
                whole.writeBytes(form.write(line));
            }
        }
        long place = lines.get(0).seq();
        if (whole.size() > 0) {
            backupsEnd.pieces(place, whole.toByteArray()).forEach(piece -> writes.add(() -> backups.write(piece)));
        }
        progressEnd.pieces(place, bare.toByteArray()).forEach(piece -> writes.add(() -> progress.write(piece)));
        long last = lines.get(lines.size() - 1).seq();
        writes.add(() -> {
            copied = last;
            return Optional.empty();
        });
    }

    private Optional<String> flush() {
        while (!writes.isEmpty()) {
            Optional<String> trouble = once(writes.getFirst());
            if (trouble.isPresent()) {
                return trouble.map(why -> "it has the records up to " + copied + ": " + why);
            }
            writes.removeFirst();
        }
        return Optional.empty();
    }

    private static Optional<String> once(Supplier<Optional<String>> write) {
        try {
            return write.get();
        } catch (MigrationException e) {
            return Optional.of(e.getMessage() + "; " + e.remedy());
        }
    }

    @Override
    public void close() {
        inner.close();
    }
}
