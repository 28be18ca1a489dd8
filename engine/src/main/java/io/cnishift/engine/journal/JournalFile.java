package io.cnishift.engine.journal;

import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Problem;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a journal file.
 *
 * <p>A last line without its line feed was torn by the death of the process while it was written: nothing had been done
 * on it yet, so it is left out and the file is cut there before the next line. A whole line that does not fit its check
 * sum, or a number that does not follow the one before, means that somebody else wrote here: that is refused.
 */
final class JournalFile {

    private final Path file;
    private final LineForm form;

    JournalFile(Path file, LineForm form) {
        this.file = file;
        this.form = form;
    }

    /** The lines, and the length of the file without a torn last line. */
    record Content(List<JournalLine> lines, long length) {}

    Content read() {
        List<JournalLine> lines = new ArrayList<>();
        long length = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    bytes.write(next);
                    continue;
                }
                lines.add(line(bytes.toString(StandardCharsets.UTF_8), lines.size() + 1));
                length += bytes.size() + 1L;
                bytes.reset();
            }
            return new Content(lines, length);
        } catch (IOException e) {
            throw new MigrationException(
                    "JOURNAL-READ",
                    MigrationException.Category.ENVIRONMENT,
                    Disposition.ASK,
                    "the journal " + file + " cannot be read: " + e.getMessage(),
                    "give read access to the file, or bring it back from a backup",
                    e);
        }
    }

    /**
     * The file, to be written on behind that length, which a reading told. To be called under the lock: what another
     * process wrote since the reading is refused, for it would be cut away.
     */
    FileChannel openBehind(long length) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (wentOn(channel, length)) {
            channel.close();
            throw MigrationException.user(
                    "JOURNAL-MOVED",
                    "another process wrote the journal " + file + " since this one read it; nothing was done here",
                    "look at what it did with 'cnishift status', then give the command again if it is still wanted");
        }
        channel.truncate(length);
        channel.position(length);
        return channel;
    }

    /** Whether there is less than what was read, or a whole line behind it. */
    private static boolean wentOn(FileChannel channel, long length) throws IOException {
        channel.position(Math.min(length, channel.size()));
        byte[] behind = Channels.newInputStream(channel).readAllBytes();
        return channel.size() < length || new String(behind, StandardCharsets.ISO_8859_1).indexOf('\n') >= 0;
    }

    private JournalLine line(String text, int number) {
        LineForm.damage(text).ifPresent(why -> {
            throw corrupted(number, why);
        });
        JournalLine line = form.read(text, file + ":" + number)
                .orElseThrow(problems -> corrupted(
                        number, problems.stream().map(Problem::message).collect(Collectors.joining(", "))));
        if (line.seq() != number) {
            throw corrupted(number, "it is record " + line.seq() + ", not " + number);
        }
        return line;
    }

    private MigrationException corrupted(int number, String why) {
        return MigrationException.user(
                "JOURNAL-CORRUPT",
                "the journal " + file + " is damaged in line " + number + ": " + why,
                "bring the file back from a backup; do not edit it. What was changed so far is in the lines before, each"
                        + " with the command that undoes it");
    }
}
