package io.cnishift.engine.journal;

import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to a file and forces each to the disk before it returns. The file is opened by the first line: a run that
 * is refused leaves none behind.
 *
 * <p>Of a line that could not be written whole and forced, nothing stays: the file is cut where the line began, or else
 * takes no other line. What would follow a torn one could never be read again.
 */
final class FileSink implements JournalSink {

    private final Path file;
    private final LineForm form;
    private final Opening opening;
    private @Nullable FileChannel channel;
    private @Nullable IOException broken;

    /** Opens the file at the place where the next line goes. */
    interface Opening {
        FileChannel open() throws IOException;
    }

    FileSink(Path file, LineForm form, Opening opening) {
        this.file = file;
        this.form = form;
        this.opening = opening;
    }

    @Override
    public void write(JournalLine line) {
        if (broken != null) {
            throw unwritable(broken);
        }
        try {
            FileChannel open = open();
            long begin = open.position();
            try {
                ByteBuffer bytes = ByteBuffer.wrap(form.write(line));
                while (bytes.hasRemaining()) {
                    open.write(bytes);
                }
                open.force(true);
            } catch (IOException e) {
                cut(open, begin, e);
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = opening.open();
            channel = open;
        }
        return open;
    }

    private void cut(FileChannel open, long begin, IOException cause) {
        try {
            open.truncate(begin);
            open.position(begin);
            open.force(true);
        } catch (IOException e) {
            cause.addSuppressed(e);
            broken = cause;
        }
    }

    private MigrationException unwritable(IOException e) {
        return new MigrationException(
                "JOURNAL-WRITE",
                MigrationException.Category.ENVIRONMENT,
                Disposition.ABORT,
                "the journal " + file + " cannot be written: " + e.getMessage(),
                "nothing is changed without a journal; make room or give write access, then 'cnishift resume'",
                e);
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }
}
