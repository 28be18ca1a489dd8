package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Optional;

/** BPF masquerading with masquerading off, or with egress interfaces named, is fatal in every version. */
public final class MasqueradeOffFatal implements Behaviour {

    private static final String MESSAGE =
            "BPF masquerade requires enable-ipv4-masquerade and no egress-masquerade-interfaces";

    @Override
    public String id() {
        return "cilium-fatal-bpf-masquerade-without-masquerade";
    }

    @Override
    public String source() {
        return "cilium daemon/cmd/daemon.go";
    }

    @Override
    public void install(Kernel kernel) {
        AgentRules.of(kernel).fatal(start -> breaks(start) ? Optional.of(MESSAGE) : Optional.empty());
    }

    private static boolean breaks(AgentStart start) {
        return start.on("enable-bpf-masquerade")
                && (!start.config()
                                .getOrDefault("enable-ipv4-masquerade", "true")
                                .equals("true")
                        || !start.config()
                                .getOrDefault("egress-masquerade-interfaces", "")
                                .isEmpty());
    }
}
