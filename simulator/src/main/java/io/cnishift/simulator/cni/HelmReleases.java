package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Objects;

/** Helm: renders the cilium chart, refuses what its templates refuse, and keeps the releases. Agents are not restarted by it. */
public final class HelmReleases implements Behaviour {

    @Override
    public String id() {
        return "helm";
    }

    @Override
    public String source() {
        return "cilium/charts 1.18 to 1.20; Helm three-way merge";
    }

    @Override
    public void install(Kernel kernel) {
        SimHelmPort port = new SimHelmPort(Objects.requireNonNull(kernel, "kernel"));
        port.mark();
        kernel.helm(port);
    }
}
