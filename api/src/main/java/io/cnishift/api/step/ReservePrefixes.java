package io.cnishift.api.step;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Objects;

/**
 * Keeps ranges of a subnet for prefixes, so that no single address breaks a block of 16 that a node needs.
 *
 * @param subnet its block
 * @param ranges aligned parts of it, a /28 at least each
 * @param blocks free /28 blocks that nodes need of the subnet; the run is refused where it has fewer by then
 */
public record ReservePrefixes(Cidr subnet, List<Cidr> ranges, int blocks) {

    public ReservePrefixes {
        Objects.requireNonNull(subnet);
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty() || !ranges.stream().allMatch(r -> r.prefix() <= 28 && subnet.contains(r))) {
            throw new IllegalArgumentException(
                    "ranges of subnet " + subnet + " are one at least, each a /28 or larger in it");
        }
        if (blocks < 0) {
            throw new IllegalArgumentException("blocks is not negative");
        }
    }
}
