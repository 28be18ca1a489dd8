package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/** In ENI mode an agent takes two addresses of its node for itself, for the router and the health endpoint. */
public final class EniOwnAddresses implements Behaviour {

    @Override
    public String id() {
        return "cilium-eni-own-addresses";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/kubernetes/ipam-crd.rst (router, health); pkg/ipam/crd.go";
    }

    @Override
    public void install(Kernel kernel) {
        EniAgents.of(kernel).takeOwn();
    }
}
