package io.cnishift.engine.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where in the data a reader or writer is, such as {@code nodes[3].labels["kubernetes.io/os"]}. */
final class DataPath {
    private @Nullable String[] keys = new @Nullable String[16];
    private int[] indexes = new int[16];
    private int depth;

    void enter(String key) {
        grow();
        keys[depth] = key;
        depth++;
    }

    void enter(int index) {
        grow();
        keys[depth] = null;
        indexes[depth] = index;
        depth++;
    }

    void leave() {
        depth--;
    }

    private void grow() {
        if (depth == keys.length) {
            keys = Arrays.copyOf(keys, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
    }

    @Override
    public String toString() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            String key = keys[i];
            if (key == null) {
                path.append('[').append(indexes[i]).append(']');
            } else {
                append(path, key);
            }
        }
        return path.toString();
    }

    /** Appends a key as {@code .key}, or as {@code ["key"]} when it is not a plain word. */
    static void append(StringBuilder path, String key) {
        if (!isWord(key)) {
            path.append("[\"")
                    .append(key.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"]");
            return;
        }
        if (path.length() > 0) {
            path.append('.');
        }
        path.append(key);
    }

    private static boolean isWord(String key) {
        return !key.isEmpty()
                && key.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '_'
                                || c == '-');
    }
}
