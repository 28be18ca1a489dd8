package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Map;
import java.util.Optional;

/**
 * An overlay address is reached through the agent's programs of the node that sends and of the node that receives. Without a
 * tunnel (native routing) somebody else would have to route between nodes, and a VPC does not.
 */
public final class TunnelEnds implements Behaviour {

    @Override
    public String id() {
        return "tunnel-ends";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/concepts/routing.rst, installation/k8s-install-migration.rst; domain.md 4.1";
    }

    @Override
    public void install(Kernel kernel) {
        Dataplane dataplane = Dataplane.of(kernel);
        Network.of(kernel).add(flow -> flow.to().overlay() ? stops(dataplane, flow) : Optional.empty());
    }

    private static Optional<String> stops(Dataplane dataplane, Flow flow) {
        Optional<String> without =
                flow.from().node().filter(n -> dataplane.agentConfig(n).isEmpty());
        if (without.isPresent()) {
            return Optional.of("no Cilium agent has run on node " + without.get() + ", which knows no way to "
                    + flow.to().address());
        }
        Map<String, String> sender =
                flow.from().node().flatMap(dataplane::agentConfig).orElse(Map.of());
        boolean untunnelled = sender.getOrDefault("routing-mode", "tunnel").equals("native");
        return flow.betweenNodes() && untunnelled
                ? Optional.of("native routing, and the VPC has no route to "
                        + flow.to().address())
                : Optional.empty();
    }
}
