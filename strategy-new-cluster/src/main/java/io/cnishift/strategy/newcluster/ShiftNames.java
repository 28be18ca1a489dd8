package io.cnishift.strategy.newcluster;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Lets that share of the answers to these names lead to the second cluster, and watches it there.
 *
 * @param first set identifier of records that lead to the first cluster
 * @param second set identifier of records that lead to the second one
 * @param percent of the answers
 * @param soak for which it is watched once no resolver has the earlier answers any more
 * @param urls asked in the second cluster meanwhile
 */
record ShiftNames(List<Entry> entries, String first, String second, int percent, Duration soak, List<String> urls) {
    ShiftNames {
        entries = List.copyOf(entries);
        Objects.requireNonNull(first);
        Objects.requireNonNull(second);
        Objects.requireNonNull(soak);
        urls = List.copyOf(urls);
    }
}
