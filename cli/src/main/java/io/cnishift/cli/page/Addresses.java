package io.cnishift.cli.page;

import java.util.Map;
import java.util.stream.Collectors;

/** Counts of addresses by subnet. */
final class Addresses {

    private Addresses() {}

    /** In words, by subnet. */
    static String words(Map<String, Integer> bySubnet) {
        return bySubnet.isEmpty()
                ? "none"
                : bySubnet.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> e.getValue() + " in " + e.getKey())
                        .collect(Collectors.joining(", "));
    }
}
