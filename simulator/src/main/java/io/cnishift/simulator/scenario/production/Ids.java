package io.cnishift.simulator.scenario.production;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;

/** Names that AWS and Kubernetes would draw by lot, the same for the same cluster. */
final class Ids {

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    /** Without a common factor with the number of suffixes, so that different numbers give different suffixes. */
    private static final long STRIDE = 7_368_787;

    private final SplittableRandom random;

    Ids(long seed) {
        random = new SplittableRandom(seed);
    }

    /** An AWS id such as {@code eni-0123456789abcdef0}. */
    String next(String prefix) {
        return prefix + "-0" + String.format("%016x", random.nextLong());
    }

    /** A UID that depends on the name alone. */
    static String uid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** So many hexadecimal digits, at most 32, that depend on the name alone. */
    static String hash(String name, int digits) {
        return uid(name).replace("-", "").substring(0, digits);
    }

    /** The five letters that end the name of a generated pod; of one app no two numbers have the same. */
    static String suffix(String app, int number) {
        long space = 1;
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            space *= LETTERS.length();
        }
        long value = Math.floorMod(app.hashCode() + number * STRIDE, space);
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(LETTERS.charAt((int) (value % LETTERS.length())));
            value /= LETTERS.length();
        }
        return suffix.toString();
    }
}
