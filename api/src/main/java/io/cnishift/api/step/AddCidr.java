package io.cnishift.api.step;

import io.cnishift.api.capacity.Cidr;
import java.time.Duration;
import java.util.Objects;

/**
 * Associates a CIDR block with the cluster's VPC, and waits until that is done and the control plane has had time to notice.
 *
 * @param cidr the block, which the VPC may have already
 * @param recognition how long after the association the control plane may not yet reach addresses of the block; not waited for
 *     where the VPC had it before
 */
public record AddCidr(Cidr cidr, Duration recognition) {

    public AddCidr {
        Objects.requireNonNull(cidr);
        Objects.requireNonNull(recognition);
    }
}
