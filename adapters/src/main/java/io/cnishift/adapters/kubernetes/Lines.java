package io.cnishift.adapters.kubernetes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Puts lines together from the pieces in which they arrive. */
final class Lines {

    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final Consumer<byte[]> sink;

    Lines(Consumer<byte[]> sink) {
        this.sink = sink;
    }

    /** Takes the next pieces and hands on the lines that they complete; what follows the last line end waits. */
    void take(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            int from = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    begun.write(bytes, from, i - from);
                    from = i + 1;
                    hand();
                }
            }
            begun.write(bytes, from, bytes.length - from);
        }
    }

    private void hand() {
        byte[] line = begun.toByteArray();
        begun.reset();
        if (line.length > 0) {
            sink.accept(line);
        }
    }
}
