package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Optional;

/** Up to 1.18 BPF masquerading needs the kube-proxy replacement; the agent exits without it. */
public final class MasqueradeNeedsReplacement implements Behaviour {

    private static final String MESSAGE = "BPF masquerade requires NodePort (kube-proxy-replacement=\"true\")";

    @Override
    public String id() {
        return "cilium-fatal-bpf-masquerade-without-replacement";
    }

    @Override
    public String source() {
        return "cilium pull request 41380";
    }

    @Override
    public void install(Kernel kernel) {
        AgentRules.of(kernel).fatal(start -> breaks(start) ? Optional.of(MESSAGE) : Optional.empty());
    }

    private static boolean breaks(AgentStart start) {
        return !start.atLeast(19) && start.on("enable-bpf-masquerade") && !start.on("kube-proxy-replacement");
    }
}
