package io.cnishift.simulator.net;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.cni.Dataplane;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What leaves the overlay must leave as the address of its node: the VPC drops other sources, and no answer finds back to
 * them. Packets to the native routing range keep their source, so a range that covers the destination is as bad as
 * masquerading that is off.
 */
public final class Masquerade implements Behaviour {

    private static final Set<End.Kind> OUT_OF_THE_OVERLAY =
            EnumSet.of(End.Kind.VPC_POD, End.Kind.HOST, End.Kind.CONTROL_PLANE, End.Kind.INTERNET);

    @Override
    public String id() {
        return "masquerade";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/concepts/masquerading.rst; domain.md C25, CI-05";
    }

    @Override
    public void install(Kernel kernel) {
        Dataplane dataplane = Dataplane.of(kernel);
        Network.of(kernel).add(flow -> {
            boolean leaves = flow.from().overlay()
                    && flow.betweenNodes()
                    && OUT_OF_THE_OVERLAY.contains(flow.to().kind());
            return leaves ? stops(dataplane, flow) : Optional.empty();
        });
    }

    private static Optional<String> stops(Dataplane dataplane, Flow flow) {
        Map<String, String> config =
                flow.from().node().flatMap(dataplane::agentConfig).orElse(Map.of());
        if (!config.getOrDefault("enable-ipv4-masquerade", "true").equals("true")) {
            return Optional.of(
                    "masquerading is off, so answers to " + flow.from().address() + " find no way back");
        }
        String range = config.getOrDefault("ipv4-native-routing-cidr", "");
        boolean kept = !range.isEmpty() && covers(Cidr.parse(range), flow.to());
        return kept
                ? Optional.of("ipv4-native-routing-cidr " + range + " covers the destination, so answers to "
                        + flow.from().address() + " find no way back")
                : Optional.empty();
    }

    private static boolean covers(Cidr range, End to) {
        return range.prefix() == 0 || (!to.address().isEmpty() && range.contains(to.address()));
    }
}
