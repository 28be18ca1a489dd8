package io.cnishift.engine.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A document that can be opened as often as needed, and the name that problems call it by. */
public final class Source {
    private final String name;
    private final Opening opening;

    private Source(String name, Opening opening) {
        this.name = Objects.requireNonNull(name, "name");
        this.opening = opening;
    }

    /** A file; its name is the path as given. */
    public static Source file(Path file) {
        return new Source(file.toString(), () -> Files.newInputStream(file));
    }

    /** Text that is in memory already. */
    public static Source text(String name, String text) {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** UTF-8 bytes that are in memory already. The array is not copied, so it must not change. */
    public static Source bytes(String name, byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Source(name, () -> new ByteArrayInputStream(bytes));
    }

    /** Anything else that gives the same bytes at every opening, a resource for example. */
    public static Source of(String name, Opening opening) {
        return new Source(name, Objects.requireNonNull(opening, "opening"));
    }

    /** Returns the name that problems call this document by. */
    public String name() {
        return name;
    }

    InputStream open() throws IOException {
        return opening.open();
    }

    /** Opens the document from its start. */
    @FunctionalInterface
    public interface Opening {
        /** Returns a new stream, which the caller closes. */
        InputStream open() throws IOException;
    }
}
