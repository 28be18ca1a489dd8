package io.cnishift.simulator.kube;

import io.cnishift.simulator.Behaviour;
import java.util.List;

/** The rules of evictions and of the hosts' ports, in the order of installation. */
public final class ApiBehaviours {

    private ApiBehaviours() {}

    /** All of them, for one world. */
    public static List<Behaviour> all() {
        return List.of(new DoubleBudget(), new EvictionBudgets(), new HostPorts());
    }
}
