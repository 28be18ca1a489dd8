package io.cnishift.simulator.kube;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * A port of a host is held by one process. The scheduler therefore places no pod beside another that wants the same port, and
 * a process that tries nevertheless, or wants a port of the node's own, ends at once.
 */
public final class HostPorts implements Behaviour {

    private static final class Rule {
        private boolean held;
    }

    @Override
    public String id() {
        return "host-ports";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, Scheduler Configuration (NodePorts); bind(2), EADDRINUSE";
    }

    @Override
    public void install(Kernel kernel) {
        rule(kernel).held = true;
    }

    /** Whether ports are held in that world. */
    public static boolean held(Kernel kernel) {
        return rule(kernel).held;
    }

    private static Rule rule(Kernel kernel) {
        return kernel.shared(Rule.class, k -> new Rule());
    }
}
