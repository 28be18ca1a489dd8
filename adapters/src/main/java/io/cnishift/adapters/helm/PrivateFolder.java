package io.cnishift.adapters.helm;

import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that only its owner can look into, and that goes with all that is in it: values and tokens are not left behind. */
final class PrivateFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);

    private final Path path;

    PrivateFolder() {
        try {
            this.path = Files.createTempDirectory("cnishift-helm-", only("rwx------"));
        } catch (IOException e) {
            throw failed("no folder can be made for files of one Helm act: " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    /** A new file with that text. */
    Path write(String name, String text) {
        Path file = path.resolve(name);
        try {
            Files.createFile(file, only("rw-------"));
            return Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed("a file of a Helm act cannot be written: " + e.getMessage(), e);
        }
    }

    private static FileAttribute<?>[] only(String permissions) {
        // Elsewhere the temporary folder is the user's own.
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static MigrationException failed(String message, IOException cause) {
        return new MigrationException(
                "HELM-FILES",
                MigrationException.Category.ENVIRONMENT,
                Disposition.ASK,
                message,
                "make room in the temporary folder, or name another one with TMPDIR",
                cause);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", path, e.getMessage());
        }
    }
}
