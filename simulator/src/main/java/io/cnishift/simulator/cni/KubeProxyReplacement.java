package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/** A ready agent with kube-proxy-replacement keeps the Service rules of its node; its maps stay, stale, when it ends. */
public final class KubeProxyReplacement implements Behaviour {

    @Override
    public String id() {
        return "cilium-kube-proxy-replacement";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/kubernetes/kubeproxy-free.rst";
    }

    @Override
    public void install(Kernel kernel) {
        AgentRules.of(kernel).onReady(start -> ServiceKeepers.review(kernel, start.node()));
        AgentRules.of(kernel).onEnd(start -> ServiceKeepers.review(kernel, start.node()));
    }
}
