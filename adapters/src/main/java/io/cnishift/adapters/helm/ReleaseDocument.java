package io.cnishift.adapters.helm;

import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A release as Helm 3 stores it: JSON, compressed, in base64, once more in base64 by the Secret. Of the values, texts under
 * keys that name something secret are replaced: a snapshot is a file that people send around.
 */
final class ReleaseDocument {

    private static final String VALUE = "value";

    /** Of the private keys in use, that of an elliptic curve in base64 is the shortest. */
    private static final int SHORTEST_KEY = 100;

    private static final Pattern SECRET =
            Pattern.compile("passw|secret|token|api_?-?key|access_?-?key|private_?-?key|credential|licen[cs]e");
    private static final Pattern NAME_OF_ONE = Pattern.compile("(name|ref|file|path|enabled|create)$|^existing");

    private ReleaseDocument() {}

    /** The release; empty when the text is none. */
    static Optional<Release> read(String data) {
        return document(data).flatMap(ReleaseDocument::release);
    }

    /** All that Helm wrote down, with the values as they are; empty when the text is no release. */
    static Optional<Map<String, Object>> document(String data) {
        try {
            byte[] compressed = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
            try (InputStream json = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
                return Optional.of(tree(json));
            }
        } catch (IOException | RuntimeException e) {
            // The cause would quote the release.
            return Optional.empty();
        }
    }

    /** The text that {@link #document} reads. */
    static String text(Map<String, Object> document) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream json = new GZIPOutputStream(compressed)) {
            json.write(Serialization.asJson(document).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] once = Base64.getEncoder().encode(compressed.toByteArray());
        return Base64.getEncoder().encodeToString(once);
    }

    /** Whether a text of these values was replaced. */
    static boolean hides(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(ReleaseDocument::hides);
        }
        return value instanceof List<?> list
                ? list.stream().anyMatch(ReleaseDocument::hides)
                : Release.HIDDEN.equals(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(InputStream json) {
        return Serialization.unmarshal(json, Map.class);
    }

    static Optional<Release> release(Map<String, Object> tree) {
        Optional<String> name = Tree.text(tree, "name");
        Optional<String> namespace = Tree.text(tree, "namespace");
        if (name.isEmpty() || namespace.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Release(
                namespace.get(),
                name.get(),
                Tree.text(tree, "chart", "metadata", "name").orElse(""),
                Tree.text(tree, "chart", "metadata", "version").orElse(""),
                Tree.text(tree, "info", "status").orElse(""),
                (int) Tree.number(tree, 0, "version"),
                withoutSecrets(Tree.map(tree, "config"))));
    }

    static Map<String, Object> withoutSecrets(Map<String, Object> values) {
        Map<String, Object> safe = new LinkedHashMap<>();
        values.forEach((key, value) -> safe.put(key, safe(key, value)));
        if (variable(values)) {
            safe.put(VALUE, Release.HIDDEN);
        }
        return safe;
    }

    /** Whether these are the name and the value of an environment variable that is named as a secret is. */
    private static boolean variable(Map<String, Object> values) {
        return values.get("name") instanceof String name
                && secret(name)
                && values.get(VALUE) instanceof String text
                && !text.isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object safe(String key, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return withoutSecrets((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> safe(key, item)).toList();
        }
        return value instanceof String text && !text.isEmpty() && (secret(key) || privateKey(key, text))
                ? Release.HIDDEN
                : value;
    }

    /** In PEM, plain or in base64; charts call it key, as they call the key of a taint. */
    private static boolean privateKey(String key, String text) {
        return text.contains("PRIVATE KEY-----") || (key.equals("key") && text.length() >= SHORTEST_KEY);
    }

    private static boolean secret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET.matcher(lower).find() && !NAME_OF_ONE.matcher(lower).find();
    }
}
