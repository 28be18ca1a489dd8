package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Optional;

/** k8sServiceHost is a bare host name: with a scheme or a path in it the agent finds no API server and exits. */
public final class SchemeInServiceHost implements Behaviour {

    private static final String MESSAGE = "unable to reach the API server: KUBERNETES_SERVICE_HOST is no host name";

    @Override
    public String id() {
        return "cilium-fatal-scheme-in-service-host";
    }

    @Override
    public String source() {
        return "cilium chart helpers";
    }

    @Override
    public void install(Kernel kernel) {
        AgentRules.of(kernel).fatal(start -> breaks(start) ? Optional.of(MESSAGE) : Optional.empty());
    }

    private static boolean breaks(AgentStart start) {
        return start.serviceHost().filter(h -> h.contains("/")).isPresent();
    }
}
