package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Optional;

/** Nothing answers on a machine that is off, whatever the API still says of it. */
public final class HostPower implements Behaviour {

    @Override
    public String id() {
        return "host-power";
    }

    @Override
    public String source() {
        return "EC2 user guide: instance lifecycle; libraries.md 9";
    }

    @Override
    public void install(Kernel kernel) {
        Network.of(kernel)
                .add(flow -> off(kernel, flow.from())
                        .or(() -> off(kernel, flow.to()))
                        .map(n -> "the instance of node " + n + " does not run"));
    }

    private static Optional<String> off(Kernel kernel, End end) {
        return end.node().filter(n -> !kernel.powered(n));
    }
}
