package io.cnishift.engine.lock;

import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.journal.OwnFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/**
 * A lock that the operating system takes away when its process dies, so that no dead run keeps others out. Who holds it
 * stands in a second file: the locked one must not be opened twice by one process, since closing it once gives the lock up.
 *
 * <p>Whether the lock is free can only be seen by taking it. One who looks would keep away one who takes it at that moment, so
 * both first pass a gate, which is a file of its own that is locked for as long as a look takes and never longer.
 */
final class FileLock implements Lock {

    private final Path file;
    private final Path gate;
    private final Path note;
    private final Codec codec;

    /** The lock of that name in a folder. */
    FileLock(Path folder, String name, Codec codec) {
        this.file = folder.resolve(name + ".lock");
        this.gate = folder.resolve(name + ".gate");
        this.note = folder.resolve(name + ".holder");
        this.codec = codec;
    }

    @Override
    public Held acquire(LockHolder who) {
        try {
            OwnFiles.folder(Objects.requireNonNull(file.getParent()));
            Optional<FileChannel> channel = throughTheGate(() -> take(who));
            if (channel.isEmpty()) {
                throw held(written());
            }
            return () -> release(channel.get());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public Optional<LockHolder> holder() {
        if (!Files.exists(note)) {
            return Optional.empty();
        }
        try {
            return throughTheGate(this::look);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private interface Look<T> {
        Optional<T> look() throws IOException;
    }

    private <T> Optional<T> throughTheGate(Look<T> look) throws IOException {
        try (FileChannel channel = FileChannel.open(gate, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                java.nio.channels.FileLock passing = channel.lock()) {
            return passing.isValid() ? look.look() : Optional.empty();
        }
    }

    private Optional<LockHolder> look() throws IOException {
        Optional<FileChannel> free = take();
        if (free.isEmpty()) {
            return written();
        }
        free.get().close();
        return Optional.empty();
    }

    private Optional<FileChannel> take(LockHolder who) throws IOException {
        Optional<FileChannel> taken = take();
        if (taken.isPresent()) {
            Files.writeString(note, codec.text(LockHolder.class, who, Format.JSON, Style.RESULT));
        }
        return taken;
    }

    /** The locked file, or nothing when somebody has it. */
    private Optional<FileChannel> take() throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
            channel.close();
            return Optional.empty();
        } catch (OverlappingFileLockException e) {
            // Somebody in this very process has it; closing the channel here would take it from them.
            return Optional.empty();
        }
    }

    private void release(FileChannel channel) {
        try {
            Files.deleteIfExists(note);
            channel.close();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Optional<LockHolder> written() {
        return Files.exists(note)
                ? codec.read(LockHolder.class, Source.file(note)).value()
                : Optional.empty();
    }

    private static MigrationException held(Optional<LockHolder> by) {
        return MigrationException.user(
                "LOCK-HELD",
                "another run works on this cluster: "
                        + by.map(LockHolder::toString).orElse("a process of this machine"),
                "wait for it, or interrupt it there with Ctrl-C; it stops in a safe state");
    }

    private MigrationException broken(IOException e) {
        return new MigrationException(
                "LOCK-FILE",
                MigrationException.Category.ENVIRONMENT,
                Disposition.ASK,
                "the lock file " + file + " cannot be used: " + e.getMessage(),
                "give write access to its folder",
                e);
    }
}
