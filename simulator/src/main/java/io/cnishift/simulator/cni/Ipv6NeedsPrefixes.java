package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/** In an IPv6 cluster aws-node works with blocks alone, and does not start on a type whose interfaces take none: the node is never ready. */
public final class Ipv6NeedsPrefixes implements Behaviour {

    static final String FAILED = "IPv6 is supported only in Prefix Delegation mode";

    @Override
    public String id() {
        return "ipv6-needs-prefixes";
    }

    @Override
    public String source() {
        return "amazon-vpc-cni-k8s pkg/ipamd/ipamd.go isConfigValid; EKS user guide: IPv6, nitro";
    }

    @Override
    public void install(Kernel kernel) {
        AwsNodes.Gates.of(kernel)
                .add((node, env) -> EniPool.of(kernel, node)
                        .filter(pool -> Ipv6Pool.on(env) && !pool.limits().prefixCapable())
                        .map(pool -> FAILED));
    }
}
