package io.cnishift.simulator.aws;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * Karpenter: instances come for pods that no node can take ({@link Provisioner}) and go when they are empty
 * ({@link Emptiness}). A NodePool that is written is a node group ({@link NodePools}); one that is deleted takes its nodes along.
 */
public final class Karpenter implements Behaviour {

    @Override
    public String id() {
        return "karpenter";
    }

    @Override
    public String source() {
        return "Karpenter 1.x documentation: NodePools, Scheduling, Disruption; domain.md 9.5, 9.6";
    }

    @Override
    public void install(Kernel kernel) {
        NodePools.of(kernel).follow();
        new Provisioner(kernel).start();
        new Emptiness(kernel).start();
    }
}
