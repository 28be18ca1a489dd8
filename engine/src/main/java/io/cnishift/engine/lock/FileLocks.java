package io.cnishift.engine.lock;

import io.cnishift.engine.codec.Codec;
import java.nio.file.Path;
import java.util.Locale;

/** Locks of this machine, a few small files per cluster under {@code STATE/cnishift/locks}. */
public final class FileLocks {

    private final Path folder;
    private final Codec codec;

    /** The locks under that state folder (XDG_STATE_HOME). */
    public FileLocks(Path state, Codec codec) {
        this.folder = state.resolve("cnishift").resolve("locks");
        this.codec = codec;
    }

    /**
     * The lock on one cluster.
     *
     * @param cluster what no two clusters share: the UID of namespace kube-system, or the name of a simulated one
     */
    public Lock of(String cluster) {
        String name = cluster.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
        return new FileLock(folder, name, codec);
    }
}
