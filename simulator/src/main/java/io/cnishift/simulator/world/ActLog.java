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

/** The acts on a simulated cluster, one line of JSON each, on the disk before they are performed. */
final class ActLog implements AutoCloseable {

    private final Codec codec;
    private final FileChannel channel;

    private ActLog(Codec codec, FileChannel channel) {
        this.codec = codec;
        this.channel = channel;
    }

    static ActLog open(Path file, Codec codec) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            return new ActLog(codec, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The acts logged so far. A last line without an end was being written when the process died, so its act was not
     * performed: it is cut off.
     */
    static List<LoggedAct> read(Path file, Codec codec) {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            String text = Files.readString(file);
            int whole = text.lastIndexOf('\n') + 1;
            if (whole < text.length()) {
                truncate(file, text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
            }
            List<LoggedAct> acts = new ArrayList<>();
            for (String line : text.substring(0, whole).lines().toList()) {
                acts.add(parse(file, acts.size() + 1, line, codec));
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
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LoggedAct parse(Path file, int number, String line, Codec codec) {
        Decoded<LoggedAct> decoded = codec.read(LoggedAct.class, Source.text(file + ":" + number, line));
        Optional<LoggedAct> act = decoded.value();
        return act.orElseThrow(() -> MigrationException.user(
                "SIM-LOG-BROKEN",
                "line " + number + " of " + file + " is broken: "
                        + decoded.problems().get(0).message(),
                "bring the file back as it was, or begin anew on the fresh scenario"));
    }

    private static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }
}
