package io.cnishift.simulator.aws;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/** A delegated prefix is an aligned block of 16 addresses of which none is used. Free addresses in between do not help. */
public final class PrefixBlocks implements Behaviour {

    @Override
    public String id() {
        return "prefix-blocks";
    }

    @Override
    public String source() {
        return "EC2 user guide: prefix delegation; EC2 error codes: InsufficientCidrBlocks";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud.of(kernel).aligned();
    }
}
