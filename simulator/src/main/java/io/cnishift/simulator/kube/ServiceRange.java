package io.cnishift.simulator.kube;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.simulator.Kernel;
import java.util.Objects;

/** The range from which Services get their addresses. That of a cluster which is still to be made is known once EKS has been asked for it. */
public final class ServiceRange {

    private Cidr range;

    private ServiceRange(Cidr range) {
        this.range = range;
    }

    /** That of a world. */
    public static ServiceRange of(Kernel kernel) {
        return kernel.shared(
                ServiceRange.class, k -> new ServiceRange(k.snapshot().cluster().serviceCidr()));
    }

    /** The range. */
    public Cidr range() {
        return range;
    }

    /** From now on it is this one; Services keep what they have. */
    public void range(Cidr other) {
        range = Objects.requireNonNull(other, "other");
    }
}
