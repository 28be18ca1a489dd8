package io.cnishift.strategy.overlay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Extra nodes while a group is replaced.
 *
 * @param wanted how many there should be, by option or by size of the group
 * @param maxSurge how many there are, as addresses allow; 0 drains before replacing
 * @param maxUnavailable nodes drained at once
 * @param bySubnet most of them per subnet
 */
record SurgeDraft(int wanted, int maxSurge, int maxUnavailable, SortedMap<String, Integer> bySubnet) {

    SurgeDraft {
        bySubnet = Collections.unmodifiableSortedMap(new TreeMap<>(bySubnet));
    }

    /** Surge of a group whose subnets have so many addresses to spare. */
    static SurgeDraft of(int wanted, java.util.OptionalInt maxUnavailable, Map<String, Integer> spare) {
        int room = spare.values().stream().mapToInt(Integer::intValue).sum();
        int surge = Math.min(wanted, room);
        SortedMap<String, Integer> bySubnet = new TreeMap<>();
        spare.forEach((subnet, free) -> bySubnet.put(subnet, Math.min(surge, free)));
        return new SurgeDraft(wanted, surge, maxUnavailable.orElse(Math.max(1, surge)), bySubnet);
    }

    /** Whether addresses allow fewer extra nodes than wanted. */
    boolean limited() {
        return maxSurge < wanted;
    }
}
