package io.cnishift.engine.journal;

import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to a file and forces each to the disk before it returns. The file is opened by the first line: a run that
 * is refused leaves none behind.
 */
final class FileSink implements JournalSink {

    private final Path file;
    private final LineForm form;
    private final Opening opening;
    private @Nullable FileChannel channel;

    /** Makes the file ready and says at which length the next line goes. */
    interface Opening {
        long prepare() throws IOException;
    }

    FileSink(Path file, LineForm form, Opening opening) {
        this.file = file;
        this.form = form;
        this.opening = opening;
    }

    @Override
    public void write(JournalLine line) {
        try {
            FileChannel open = open();
            ByteBuffer bytes = ByteBuffer.wrap(form.write(line));
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
            open.force(true);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            long length = opening.prepare();
            open = FileChannel.open(file, StandardOpenOption.WRITE);
            channel = open;
            open.truncate(length);
            open.position(length);
        }
        return open;
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
