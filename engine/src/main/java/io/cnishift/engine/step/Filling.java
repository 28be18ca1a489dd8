package io.cnishift.engine.step;

import io.cnishift.api.cluster.Subnet;
import java.util.HashMap;
import java.util.Map;

/** How new nodes fill subnets: those that are there, and those that one pass decides to ask for on top. */
final class Filling {

    private final Map<String, Integer> bySubnet = new HashMap<>();
    private final Map<String, Integer> byZone = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();

    private final int need;

    /**
     * Nothing asked for yet.
     *
     * @param need addresses that a new node takes from its subnet at its start
     */
    Filling(Fleet fleet, int need) {
        this.need = need;
        fleet.arriving().forEach(m -> {
            bySubnet.merge(m.instance().subnet(), 1, Integer::sum);
            byZone.merge(m.instance().availabilityZone(), 1, Integer::sum);
        });
    }

    /** Puts one more node there. */
    void add(Subnet subnet) {
        bySubnet.merge(subnet.id(), 1, Integer::sum);
        byZone.merge(subnet.availabilityZone(), 1, Integer::sum);
        asked.merge(subnet.id(), 1, Integer::sum);
    }

    int nodes(Subnet subnet) {
        return bySubnet.getOrDefault(subnet.id(), 0);
    }

    int nodesInZone(Subnet subnet) {
        return byZone.getOrDefault(subnet.availabilityZone(), 0);
    }

    /** Free addresses less those of nodes that this pass already placed there. */
    int free(Subnet subnet) {
        return subnet.freeAddresses() - asked.getOrDefault(subnet.id(), 0) * need;
    }

    /** Whether one more node finds all the addresses that it takes. */
    boolean hasRoom(Subnet subnet) {
        return free(subnet) >= need;
    }
}
