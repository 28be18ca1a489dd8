package io.cnishift.simulator.aws;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * A subnet has the addresses that its block has, less the five that AWS keeps. Who asks for one more gets nothing: neither
 * instances nor warm pools nor load balancers.
 */
public final class SubnetSize implements Behaviour {

    @Override
    public String id() {
        return "subnet-size";
    }

    @Override
    public String source() {
        return "VPC user guide: subnet sizing; EC2 error codes: InsufficientFreeAddressesInSubnet";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud.of(kernel).bounded();
    }
}
