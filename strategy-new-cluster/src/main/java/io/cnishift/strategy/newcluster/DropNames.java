package io.cnishift.strategy.newcluster;

import java.util.List;
import java.util.Objects;

/**
 * Takes away the records by which these names lead to the first cluster, once none of the answers does.
 *
 * @param first set identifier of records that lead to the first cluster
 */
record DropNames(List<Entry> entries, String first) {
    DropNames {
        entries = List.copyOf(entries);
        Objects.requireNonNull(first);
    }
}
