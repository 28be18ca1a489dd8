package io.cnishift.api.plan;

/** A number with what it counts, in English: {@code 1 node}, {@code 3 nodes}. */
public final class Count {

    private Count() {}

    /** Of a noun that takes an s. */
    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    /** Of any words: {@code of(n, "node stays", "nodes stay")}. */
    public static String of(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
