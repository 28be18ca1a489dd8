package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * Karpenter with an interruption queue reacts to the notice of a Spot instance: its node is tainted and drained, and for the pods
 * that find no node another one is launched.
 */
public final class KarpenterInterruption implements Behaviour {

    @Override
    public String id() {
        return "karpenter-interruption";
    }

    @Override
    public String source() {
        return "Karpenter 1.x documentation: Disruption, interruption";
    }

    @Override
    public void install(Kernel kernel) {
        Ec2 ec2 = Ec2.of(kernel);
        ec2.whenNoticed(instance -> instance.nodeGroup()
                .flatMap(Cloud.of(kernel)::group)
                .filter(g -> g.kind() == NodeGroup.Kind.KARPENTER)
                .ifPresent(g -> new NodeDrain(kernel, "karpenter")
                        .begin(NodeTree.name(kernel.snapshot(), instance), NodeDrain::disrupted)));
    }
}
