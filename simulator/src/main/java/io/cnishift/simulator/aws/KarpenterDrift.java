package io.cnishift.simulator.aws;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * Nodes of a NodePool whose template, or whose node class, was changed since they were launched have drifted. Karpenter replaces
 * them one after the other ({@link Replacing}), whatever else is going on in the cluster. Labels, taints and the rest of the
 * template count; requirements, weight, limits and disruption settings do not.
 */
public final class KarpenterDrift implements Behaviour {

    @Override
    public String id() {
        return "karpenter-drift";
    }

    @Override
    public String source() {
        return "Karpenter 1.x documentation: Disruption, drift; field notes A13";
    }

    @Override
    public void install(Kernel kernel) {
        new Replacing(kernel).start();
    }
}
