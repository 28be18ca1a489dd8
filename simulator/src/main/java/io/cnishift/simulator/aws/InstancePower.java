package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;

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
                .flatMap(n -> Tree.text(n, "spec", "providerID"))
                .map(id -> !ec2.ended(id.substring(id.lastIndexOf('/') + 1)))
                .orElse(true));
        ec2.whenEnded(id -> kernel.objects().list("Node").stream()
                .filter(n -> Tree.text(n, "spec", "providerID")
                        .filter(p -> p.endsWith("/" + id))
                        .isPresent())
                .map(n -> ObjectKey.of(n).name())
                .toList()
                .forEach(kernel::hostChanged));
    }
}
