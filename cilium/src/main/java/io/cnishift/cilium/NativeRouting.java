package io.cnishift.cilium;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How packets of pods go between nodes that no tunnel connects.
 *
 * @param vpc whether pods have addresses of the VPC, which routes them by itself: ENI mode, or chained behind the VPC CNI
 * @param masquerades whether packets to anywhere outside the range leave with the address of their node
 * @param range what is routed as it is; empty where nobody said it, and in ENI mode each agent takes the first block of the VPC for it
 */
public record NativeRouting(boolean vpc, boolean masquerades, Optional<Cidr> range) {

    public NativeRouting {
        Objects.requireNonNull(range);
    }

    static NativeRouting of(Settings settings) {
        return new NativeRouting(
                settings.eni() || settings.chainingMode().equals("aws-cni"),
                settings.masqueradeIpv4(),
                settings.nonEmpty("ipv4NativeRoutingCIDR").map(Cidr::parse));
    }

    /** Whether packets to addresses of all these blocks, those of the VPC, keep the address of their pod, and with it its identity. */
    public boolean keepsSourceTo(List<Cidr> blocks) {
        return !masquerades
                || range.map(r -> blocks.stream().allMatch(r::contains)).orElse(blocks.size() == 1);
    }
}
