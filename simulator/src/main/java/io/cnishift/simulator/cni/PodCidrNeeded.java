package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Map;
import java.util.Optional;

/** With a cluster pool an agent announces its node and is not ready before the operator gave it a pod CIDR. */
public final class PodCidrNeeded implements Behaviour {

    @Override
    public String id() {
        return "cilium-pod-cidr-needed";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/concepts/ipam/cluster-pool.rst";
    }

    @Override
    public void install(Kernel kernel) {
        AgentRules.of(kernel).waits(start -> {
            if (!start.config().getOrDefault("ipam", "cluster-pool").equals("cluster-pool")) {
                return Optional.empty();
            }
            CiliumAgents.announce(kernel, start.node(), Map.of());
            return NodeCnis.of(kernel).podCidr(start.node()).isEmpty()
                    ? Optional.of("waiting for the operator to give the node a pod CIDR")
                    : Optional.empty();
        });
    }
}
