package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Optional;

/**
 * An agent reaches the API server by its ClusterIP, unless the chart gave it k8sServiceHost. On a node that has never had
 * kube-proxy nor another replacement it therefore never starts.
 */
public final class ApiServerAccess implements Behaviour {

    @Override
    public String id() {
        return "cilium-api-server-access";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/kubernetes/kubeproxy-free.rst";
    }

    @Override
    public void install(Kernel kernel) {
        AgentRules.of(kernel).waits(start -> {
            boolean none = NodeCnis.of(kernel).services(start.node()).kept() == ServiceRules.Kept.ABSENT;
            return none && start.serviceHost().isEmpty()
                    ? Optional.of("cannot reach the API server by its Service address: no kube-proxy on the node")
                    : Optional.empty();
        });
    }
}
