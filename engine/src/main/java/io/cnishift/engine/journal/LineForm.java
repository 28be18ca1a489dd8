package io.cnishift.engine.journal;

import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A line of a journal file: the JSON object of the line, whose last key {@code crc} is the CRC-32C of all bytes before
 * it.
 */
final class LineForm {

    private static final Pattern SUFFIX = Pattern.compile(",\"crc\":\"([0-9a-f]{8})\"\\}$");
    private static final int SUFFIX_LENGTH = ",\"crc\":\"00000000\"}".length();

    private final Codec codec;

    LineForm(Codec codec) {
        this.codec = codec;
    }

    /** The bytes with the line feed. */
    byte[] write(JournalLine line) {
        String json = codec.text(JournalLine.class, line, Format.JSON_LINE, Style.DOCUMENT);
        String open = json.substring(0, json.lastIndexOf('}'));
        return (open + ",\"crc\":\"" + crc(open) + "\"}\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The line, or what is wrong with it. */
    Decoded<JournalLine> read(String text, String where) {
        return codec.read(
                JournalLine.class, Source.text(where, text.substring(0, text.length() - SUFFIX_LENGTH) + "}"));
    }

    /** Why the text is not one that was written here; empty when its check sum is right. */
    static Optional<String> damage(String text) {
        Matcher suffix = SUFFIX.matcher(text);
        if (!suffix.find()) {
            return Optional.of("it does not end with a check sum");
        }
        String sum = crc(text.substring(0, suffix.start()));
        return sum.equals(suffix.group(1))
                ? Optional.empty()
                : Optional.of("its check sum is " + suffix.group(1) + ", its content gives " + sum);
    }

    private static String crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
