package io.cnishift.adapters.helm;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.MigrationException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What a chart on this machine says of itself. Helm does not look whether a chart at a path has the version that was asked for, so
 * this has to.
 *
 * @param digest of an archive; empty for a folder
 */
public record ChartArchive(String name, String version, Optional<String> digest) {

    public ChartArchive {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
        Objects.requireNonNull(digest);
    }

    private static final String FILE = "Chart.yaml";
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;
    private static final int LARGEST = 1 << 20;

    /**
     * The chart in a folder or archive.
     *
     * @throws MigrationException when there is none
     */
    public static ChartArchive read(Path path) {
        try {
            Optional<byte[]> file = Files.isDirectory(path) ? inFolder(path) : inArchive(path);
            Map<String, Object> chart =
                    file.map(yaml -> tree(path, yaml)).orElseThrow(() -> none(path, "it has no " + FILE));
            return new ChartArchive(
                    Tree.text(chart, "name").orElse(""),
                    Tree.text(chart, "version").orElse(""),
                    Files.isDirectory(path) ? Optional.empty() : Optional.of(digest(path)));
        } catch (IOException e) {
            throw none(path, Files.exists(path) ? String.valueOf(e.getMessage()) : "there is no such file");
        }
    }

    private static Optional<byte[]> inFolder(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /** Of an archive the {@code Chart.yaml} of its one folder; those of charts within it are deeper. */
    private static Optional<byte[]> inArchive(Path archive) throws IOException {
        try (InputStream tar = new GZIPInputStream(Files.newInputStream(archive))) {
            for (byte[] head = tar.readNBytes(BLOCK);
                    head.length == BLOCK && head[0] != 0;
                    head = tar.readNBytes(BLOCK)) {
                String name = field(head, 0, NAME);
                long size = Long.parseLong("0" + field(head, SIZE_AT, SIZE).strip(), 8);
                if (name.matches("[^/]+/" + FILE)) {
                    return Optional.of(tar.readNBytes((int) Math.min(size, LARGEST)));
                }
                tar.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
            }
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException("it is no archive of a chart", e);
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BLOCK * BLOCK];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String field(byte[] head, int from, int length) {
        String text = new String(head, from, length, StandardCharsets.US_ASCII);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(Path path, byte[] yaml) {
        try {
            return Serialization.unmarshal(new ByteArrayInputStream(yaml), Map.class);
        } catch (RuntimeException e) {
            throw none(path, "its " + FILE + " cannot be read");
        }
    }

    private static MigrationException none(Path path, String why) {
        return MigrationException.user(
                "HELM-CHART", path + " is no chart: " + why, "name the folder or the .tgz of a Helm chart");
    }
}
