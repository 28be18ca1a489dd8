package io.cnishift.api.roll;

import io.cnishift.api.roll.Ceiling.Bound;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Extra nodes while a group is replaced.
 *
 * @param wanted how many there should be, by option or by size of the group
 * @param maxSurge how many there are, as addresses and capacity allow; 0 drains before replacing
 * @param maxUnavailable nodes drained at once
 * @param bySubnet most of them per subnet
 * @param bound what keeps them below the wanted number, where something does
 */
public record SurgeDraft(
        int wanted, int maxSurge, int maxUnavailable, SortedMap<String, Integer> bySubnet, Bound bound) {

    /** Nothing is missing; subnets stand in order. */
    public SurgeDraft {
        bySubnet = Collections.unmodifiableSortedMap(new TreeMap<>(bySubnet));
        Objects.requireNonNull(bound);
    }

    /**
     * Surge of a group under a ceiling.
     *
     * @param spare by subnet, new nodes that have addresses there
     */
    public static SurgeDraft of(int wanted, OptionalInt maxUnavailable, Map<String, Integer> spare, Ceiling ceiling) {
        int room = spare.values().stream().mapToInt(Integer::intValue).sum();
        int surge = Math.min(wanted, Math.min(room, ceiling.machines()));
        SortedMap<String, Integer> bySubnet = new TreeMap<>();
        spare.forEach((subnet, free) -> bySubnet.put(subnet, Math.min(surge, free)));
        return new SurgeDraft(
                wanted,
                surge,
                maxUnavailable.orElse(Math.max(1, surge)),
                bySubnet,
                ceiling.machines() <= room ? ceiling.bound() : Bound.ADDRESSES);
    }

    /** Whether there are fewer extra nodes than wanted. */
    public boolean limited() {
        return maxSurge < wanted;
    }
}
