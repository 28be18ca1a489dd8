package io.cnishift.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/** A stream that remembers that it could not be written, which writers on top of it do not tell. */
final class KeptFault extends OutputStream {

    /** What a reader that has read enough leaves behind: no fault of anybody. */
    private static final String CLOSED = "Broken pipe";

    private final OutputStream out;
    private Optional<String> fault = Optional.empty();

    KeptFault(OutputStream out) {
        this.out = Objects.requireNonNull(out);
    }

    /** Why something is missing at the other end, if it is. */
    Optional<String> fault() {
        return fault.filter(f -> !f.equals(CLOSED));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            fault = fault.or(() -> Optional.of(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
