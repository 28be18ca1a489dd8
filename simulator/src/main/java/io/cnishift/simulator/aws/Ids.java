package io.cnishift.simulator.aws;

import java.util.Objects;
import java.util.random.RandomGenerator;

/** Ids in the form in which AWS makes them, equal for equal seeds. */
public final class Ids {

    private final RandomGenerator random;

    Ids(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
    }

    /** An id such as {@code i-0123456789abcdef0}. */
    public String next(String prefix) {
        return prefix + "-0" + hex(16);
    }

    /** So many hexadecimal digits, at most 16. */
    public String hex(int digits) {
        return String.format("%016x", random.nextLong()).substring(0, digits);
    }
}
