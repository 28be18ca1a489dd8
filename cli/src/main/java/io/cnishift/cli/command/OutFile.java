package io.cnishift.cli.command;

import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/** Writes a file that only its owner may read, whole or not at all. What is no file, such as /dev/stdout, is written to and stays. */
final class OutFile {

    private OutFile() {}

    /** Writes what the writer writes; a file that is there is replaced in one step. */
    static void write(Path file, Consumer<OutputStream> writer) {
        write(file, "--out", writer);
    }

    /** Writes that text into a file that an option names. */
    static void write(Path file, String option, String text) {
        write(file, option, stream -> {
            try {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The same for a file that another option names. */
    static void write(Path file, String option, Consumer<OutputStream> writer) {
        if (file.endsWith("-")) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    option + " - would be a file of the name -",
                    "name a file; to print instead, leave " + option + " out and add -o yaml");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw MigrationException.user(
                    "CLI-CANNOT-WRITE",
                    "there is no folder " + folder,
                    "make it, or choose another file with " + option);
        }
        if (Files.isDirectory(file)) {
            throw MigrationException.user(
                    "CLI-CANNOT-WRITE", file + " is a folder", "choose a file in it with " + option);
        }
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                try (OutputStream out =
                        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE))) {
                    writer.accept(out);
                }
            } else {
                // a link stays one: what it leads to is replaced
                replace(Files.exists(file) ? file.toRealPath() : file, writer);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new MigrationException(
                    "CLI-CANNOT-WRITE",
                    MigrationException.Category.ENVIRONMENT,
                    Disposition.ASK,
                    file + " cannot be written: " + reason(e),
                    "choose another file with " + option,
                    e);
        }
    }

    private static void replace(Path file, Consumer<OutputStream> writer) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(fresh, options, owner());
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            writer.accept(out);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The reason alone where there is one: the path in front of it is that of the file we write first. */
    static String reason(Exception e) {
        return e instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private static FileAttribute<?>[] owner() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
