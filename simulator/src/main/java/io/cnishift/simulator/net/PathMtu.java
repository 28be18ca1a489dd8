package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Map;
import java.util.Optional;

/**
 * A tunnel takes 50 bytes of each packet. The agent reckons with that unless an MTU is set by hand: one that leaves no room
 * lets small packets pass and loses large ones.
 */
public final class PathMtu implements Behaviour {

    /** MTU of an interface in a VPC. */
    private static final int DEVICE = 9001;

    private static final int TUNNEL = 50;

    @Override
    public String id() {
        return "path-mtu";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/concepts/routing.rst: MTU overhead; domain.md 4.5";
    }

    @Override
    public void install(Kernel kernel) {
        Dataplane dataplane = Dataplane.of(kernel);
        Network.of(kernel)
                .add(flow -> flow.to().overlay() && flow.betweenNodes() ? stops(dataplane, flow) : Optional.empty());
    }

    private static Optional<String> stops(Dataplane dataplane, Flow flow) {
        Map<String, String> config =
                flow.from().node().flatMap(dataplane::agentConfig).orElse(Map.of());
        int mtu = Integer.parseInt(config.getOrDefault("mtu", "0"));
        boolean tooLarge = mtu > within(DEVICE) && flow.bytes() > within(DEVICE);
        return tooLarge
                ? Optional.of("packets of " + Math.min(flow.bytes(), mtu) + " bytes do not fit through a tunnel over "
                        + DEVICE + " bytes, and MTU is set to " + mtu)
                : Optional.empty();
    }

    /** The largest packet that a VXLAN tunnel carries over an interface of that MTU. */
    static int within(int device) {
        return device - TUNNEL;
    }
}
