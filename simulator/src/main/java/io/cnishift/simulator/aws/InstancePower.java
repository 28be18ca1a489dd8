package io.cnishift.simulator.aws;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.NodesByInstance;

/** A node runs as long as its instance does, and not a moment longer. */
public final class InstancePower implements Behaviour {

    @Override
    public String id() {
        return "instance-power";
    }

    @Override
    public String source() {
        return "EC2 user guide: instance lifecycle";
    }

    @Override
    public void install(Kernel kernel) {
        Ec2 ec2 = Ec2.of(kernel);
        kernel.powered(node -> kernel.objects()
                .get("Node", "", node)
                .flatMap(NodesByInstance::instance)
                .map(id -> !ec2.ended(id))
                .orElse(true));
        NodesByInstance nodes = NodesByInstance.of(kernel);
        ec2.whenEnded(id -> nodes.named(id).forEach(kernel::hostChanged));
    }
}
