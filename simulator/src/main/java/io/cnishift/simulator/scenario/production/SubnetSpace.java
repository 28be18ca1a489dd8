package io.cnishift.simulator.scenario.production;

import io.cnishift.api.capacity.Cidr;
import java.util.SplittableRandom;

/** The addresses of a subnet, which are given in no order: as after months of pods that came and went. */
final class SubnetSpace {

    /** Addresses that EC2 keeps at the start of a subnet; it keeps the last one too. */
    private static final int KEPT = 4;

    private final Cidr cidr;
    private final int[] offsets;
    private int given;

    SubnetSpace(Cidr cidr, SplittableRandom random) {
        this.cidr = cidr;
        offsets = new int[(int) cidr.size() - KEPT - 1];
        for (int i = 0; i < offsets.length; i++) {
            int j = random.nextInt(i + 1);
            offsets[i] = offsets[j];
            offsets[j] = KEPT + i;
        }
    }

    Cidr cidr() {
        return cidr;
    }

    /** The next address. */
    String take() {
        return cidr.address(offsets[given++]);
    }
}
