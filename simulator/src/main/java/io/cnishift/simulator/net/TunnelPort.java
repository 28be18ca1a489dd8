package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Optional;
import java.util.OptionalInt;

/** Tunnels between nodes are UDP to one port, in both directions, and the security groups of both nodes must admit it. */
public final class TunnelPort implements Behaviour {

    @Override
    public String id() {
        return "tunnel-port";
    }

    @Override
    public String source() {
        return "cilium Documentation/operations/system_requirements.rst: firewall rules; domain.md 4.5, SG-01";
    }

    @Override
    public void install(Kernel kernel) {
        SecurityGroupRules rules = new SecurityGroupRules(Cloud.of(kernel));
        Dataplane dataplane = Dataplane.of(kernel);
        Ends ends = Ends.of(kernel);
        Network.of(kernel).add(flow -> {
            OptionalInt port = dataplane.tunnelPort();
            boolean tunnelled = flow.to().overlay() && flow.betweenNodes() && port.isPresent();
            return tunnelled ? stops(rules, ends, flow, port.getAsInt()) : Optional.empty();
        });
    }

    private static Optional<String> stops(SecurityGroupRules rules, Ends ends, Flow flow, int port) {
        Optional<End> sender = flow.from().node().flatMap(ends::host);
        Optional<End> receiver = flow.to().node().flatMap(ends::host);
        return sender.flatMap(s ->
                        receiver.flatMap(r -> rules.stops(s, r, "udp", port).or(() -> rules.stops(r, s, "udp", port))))
                .map(why -> "tunnel: " + why);
    }
}
