package io.cnishift.engine.journal;

import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Bytes in numbered objects of a cluster: ConfigMaps or Secrets, none of them larger than the API takes. What is added is one
 * batch, compressed, under a key that says its place; adding it again changes nothing, so an answer that was lost does no
 * harm.
 */
final class Chunks {

    /** An API server takes objects of a mebibyte, keys, names and managed fields included. */
    private static final int OBJECT = 700 * 1024;

    private static final int PIECE = 384 * 1024;
    private static final String NAMESPACE = "kube-system";

    private final KubernetesPort port;
    private final Kind kind;
    private final String migration;
    private final String what;

    /** The kinds of object. */
    enum Kind {
        CONFIG_MAP("ConfigMap", "binaryData"),
        SECRET("Secret", "data");

        private final String name;
        private final String field;

        Kind(String name, String field) {
            this.name = name;
            this.field = field;
        }
    }

    /**
     * The chunks of a migration.
     *
     * @param what is in them, part of their names
     */
    Chunks(KubernetesPort port, Kind kind, String migration, String what) {
        this.port = port;
        this.kind = kind;
        this.migration = migration;
        this.what = what;
    }

    /** A piece of a batch, and the object that it goes to. */
    record Piece(int chunk, String key, String value) {}

    /** What was read: the batches by place, each with the object that it begins in. */
    record Batch(String where, String text) {}

    /** How many objects there are, and what is in them. */
    record Content(int chunks, List<Batch> batches) {}

    /** Where the next piece goes. */
    static final class Cursor {
        private int chunk;
        private int filled = OBJECT;

        /** Begins behind so many objects: what another process began to fill is left alone. */
        Cursor(int chunks) {
            this.chunk = chunks;
        }

        /** The pieces of a batch. */
        List<Piece> pieces(long place, byte[] bytes) {
            byte[] packed = packed(bytes);
            List<Piece> pieces = new ArrayList<>();
            for (int from = 0; from < packed.length; from += PIECE) {
                byte[] part = Arrays.copyOfRange(packed, from, Math.min(packed.length, from + PIECE));
                String value = Base64.getEncoder().encodeToString(part);
                if (filled + value.length() > OBJECT) {
                    chunk++;
                    filled = 0;
                }
                filled += value.length();
                pieces.add(new Piece(chunk, String.format(Locale.ROOT, "%09d.%03d", place, pieces.size()), value));
            }
            return pieces;
        }
    }

    /** Writes a piece; why it could not be written. */
    Optional<String> write(Piece piece) {
        Map<String, String> labels = Map.of("app.kubernetes.io/managed-by", "cnishift", Progress.TAG, migration);
        return new Filled(port, ref(piece.chunk()), labels)
                .with(Map.of(kind.field, Map.of(piece.key(), piece.value())));
    }

    /** All that is there, in the order of its places. */
    Content read() {
        Map<String, ByteArrayOutputStream> bytes = new TreeMap<>();
        Map<String, String> places = new TreeMap<>();
        int chunks = 0;
        for (Map<String, Object> tree = tree(1); !tree.isEmpty(); tree = tree(chunks + 1)) {
            chunks++;
            String where = kind.name + " " + NAMESPACE + "/" + ref(chunks).name();
            for (Map.Entry<String, String> entry : new TreeMap<>(Tree.strings(tree, kind.field)).entrySet()) {
                String place = entry.getKey().replaceFirst("\\.\\d+$", "");
                places.putIfAbsent(place, where + ", key " + entry.getKey());
                bytes.computeIfAbsent(place, p -> new ByteArrayOutputStream())
                        .writeBytes(decoded(entry.getValue(), where + ", key " + entry.getKey()));
            }
        }
        List<Batch> batches = new ArrayList<>();
        bytes.forEach((place, packed) -> {
            String where = String.valueOf(places.get(place));
            batches.add(new Batch(where, new String(unpacked(packed.toByteArray(), where), StandardCharsets.UTF_8)));
        });
        return new Content(chunks, batches);
    }

    private Map<String, Object> tree(int chunk) {
        return port.before(new DeleteObject(ref(chunk), Optional.empty()));
    }

    private ObjectRef ref(int chunk) {
        String name = String.format(Locale.ROOT, "cnishift-%s-%s-%03d", migration, what, chunk);
        return ObjectRef.of("v1", kind.name, NAMESPACE, name);
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private byte[] decoded(String text, String where) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged(where, "it is no base64");
        }
    }

    private byte[] unpacked(byte[] packed, String where) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw damaged(where, "it cannot be unpacked: " + e.getMessage());
        }
    }

    /** Refuses what is not as it was written, with its place and a way out. */
    MigrationException damaged(String where, String why) {
        return MigrationException.user(
                "JOURNAL-COPY-CORRUPT",
                "the copy of migration " + migration + " in the cluster is damaged in " + where + ": " + why,
                "go on from the machine that ran it, whose own journal counts: 'cnishift resume " + migration
                        + "' there; do not edit the copy. Without that machine, 'cnishift status " + migration
                        + "' and the objects of the cluster tell what was done");
    }
}
