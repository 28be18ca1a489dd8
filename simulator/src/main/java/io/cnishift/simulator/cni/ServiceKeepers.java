package io.cnishift.simulator.cni;

import io.cnishift.simulator.Kernel;

/** Who keeps the Service rules of a node up to date; both keepers say here that they came or went. */
final class ServiceKeepers {

    private ServiceKeepers() {}

    static void review(Kernel kernel, String node) {
        NodeCni cni = NodeCnis.of(kernel).node(node);
        boolean replaced = cni.agent()
                .filter(NodeCni.AgentRun::ready)
                .filter(r -> AgentConfig.on(r.config(), "kube-proxy-replacement"))
                .isPresent();
        if (cni.kubeProxy() || replaced) {
            cni.services(ServiceRules.current());
        } else if (cni.services().kept() == ServiceRules.Kept.CURRENT) {
            cni.services(ServiceRules.stale(
                    kernel.clock().now(), "neither kube-proxy nor a Cilium agent that replaces it runs on the node"));
        }
    }
}
