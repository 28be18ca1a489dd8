package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;

/**
 * A pod that asks for a branch interface, on a node of the VPC CNI, gets one with the security groups of the policies that
 * select it, as long as its trunk carries another one and the subnet has an address; otherwise it waits.
 */
public final class BranchInterfaces implements Behaviour {

    @Override
    public String id() {
        return "branch-interfaces";
    }

    @Override
    public String source() {
        return "amazon-vpc-resource-controller-k8s pkg/provider/branch/trunk/trunk.go; EKS user guide: security groups for pods";
    }

    @Override
    public void install(Kernel kernel) {
        Branches branches = Branches.of(kernel);
        branches.make();
        kernel.objects().listen("Node", (before, after) -> {
            if (before.isPresent() && after.isEmpty()) {
                branches.gone(ObjectKey.of(before.get()).name());
            }
        });
    }
}
