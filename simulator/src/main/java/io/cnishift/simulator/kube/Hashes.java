package io.cnishift.simulator.kube;

import java.util.Map;
import java.util.TreeMap;

/** Short hashes of trees for names, as controllers make them. The order of keys in a map does not matter. */
public final class Hashes {
    private static final String ALPHABET = "bcdf2456789ghjklmnpqrstvwxz";
    private static final int SUFFIX = 5;
    private static final int TEMPLATE = 10;

    private Hashes() {}

    /** Five characters. */
    public static String suffix(Object tree) {
        return encode(hash(tree), SUFFIX);
    }

    /** Ten characters, as in pod-template-hash. */
    public static String template(Object tree) {
        return encode(hash(tree), TEMPLATE);
    }

    private static String encode(long hash, int length) {
        StringBuilder text = new StringBuilder();
        long rest = hash;
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt((int) Long.remainderUnsigned(rest, ALPHABET.length())));
            rest = Long.divideUnsigned(rest, ALPHABET.length());
        }
        return text.toString();
    }

    private static long hash(Object value) {
        long hash = 0xCBF29CE484222325L;
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((k, v) -> sorted.put(String.valueOf(k), v));
            for (Map.Entry<String, Object> entry : sorted.entrySet()) {
                hash = mix(mix(hash, text(entry.getKey())), hash(entry.getValue()));
            }
            return hash;
        }
        if (value instanceof Iterable<?> items) {
            for (Object item : items) {
                hash = mix(hash, hash(item)) + 1;
            }
            return hash;
        }
        return text(String.valueOf(value));
    }

    private static long text(String text) {
        long hash = 0x9E3779B97F4A7C15L;
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash, text.charAt(i));
        }
        return hash;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x100000001B3L;
        return mixed ^ (mixed >>> 29);
    }
}
