package io.cnishift.simulator.cni;

import io.cnishift.api.capacity.Cidr;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of a node's pod CIDR: the first, the last, the router's and the health endpoint's are not for pods, which
 * leaves 252 of a /24. Given in turn, so that an address is used again as late as possible. Source: cilium
 * pkg/ipam/service/ipallocator; concepts/ipam/cluster-pool.rst.
 */
final class NodeRange {

    /** Base address, router, health endpoint. */
    private static final long FIRST = 3;

    private final Map<String, Long> last = new HashMap<>();

    /** A free address for a pod of that node. */
    Optional<String> next(String node, Cidr cidr, Collection<PodWiring> wirings) {
        Set<String> given = new HashSet<>();
        wirings.forEach(w -> given.add(w.address()));
        long room = cidr.size() - 1 - FIRST;
        long begin = last.getOrDefault(node, FIRST - 1) + 1 - FIRST;
        for (long i = 0; i < room; i++) {
            long offset = FIRST + (begin + i) % room;
            String address = cidr.address(offset);
            if (!given.contains(address)) {
                last.put(node, offset);
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }
}
