package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * A managed group of Spot instances reacts to a notice: another instance is launched at once, unless Launch is suspended, and the
 * node is cordoned and drained. A self-managed group does neither: it launches another one when the instance has ended.
 */
public final class ManagedSpot implements Behaviour {

    @Override
    public String id() {
        return "managed-spot";
    }

    @Override
    public String source() {
        return "EKS user guide: managed node groups, Spot capacity (Capacity Rebalancing, drain on notice)";
    }

    @Override
    public void install(Kernel kernel) {
        Ec2 ec2 = Ec2.of(kernel);
        ec2.whenNoticed(instance -> instance.nodeGroup()
                .flatMap(Cloud.of(kernel)::group)
                .filter(g -> g.kind() == NodeGroup.Kind.MANAGED)
                .ifPresent(g -> {
                    ec2.givenUp(instance.id());
                    new NodeDrain(kernel, "eks-node-manager")
                            .begin(NodeTree.name(kernel.snapshot(), instance), NodeDrain::cordoned);
                }));
    }
}
