package io.cnishift.simulator.world;

import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The acts on a simulated cluster, one line of JSON each, on the disk before they are performed. The file is opened by the
 * first act, which a run performs under its lock: one who only looks, or still waits for an answer, changes nothing in it.
 */
final class ActLog implements AutoCloseable {

    private final Path file;
    private final Codec codec;
    private @Nullable FileChannel channel;

    ActLog(Path file, Codec codec) {
        this.file = file;
        this.codec = codec;
    }

    /**
     * The acts logged so far. A last line without an end was being written when the process died, so its act was not
     * performed: it is left out, and cut off before the next one.
     */
    List<LoggedAct> read() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            String text = Files.readString(file);
            List<LoggedAct> acts = new ArrayList<>();
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                acts.add(parse(acts.size() + 1, line));
            }
            return acts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(LoggedAct act) {
        String line = codec.text(LoggedAct.class, act, Format.JSON_LINE, Style.DOCUMENT)
                        .strip() + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            FileChannel open = open();
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
            open.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = open;
            byte[] bytes = Files.readAllBytes(file);
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            open.truncate(whole);
            open.position(whole);
        }
        return open;
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private LoggedAct parse(int number, String line) {
        Decoded<LoggedAct> decoded = codec.read(LoggedAct.class, Source.text(file + ":" + number, line));
        Optional<LoggedAct> act = decoded.value();
        return act.orElseThrow(() -> MigrationException.user(
                "SIM-LOG-BROKEN",
                "line " + number + " of " + file + " is broken: "
                        + decoded.problems().get(0).message(),
                "bring the file back as it was, or begin anew on the fresh scenario"));
    }
}
