package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Instance;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.util.Optional;

/**
 * Answers of the instance metadata service live for as many hops as the instance allows: 1 reaches the host, 2 a pod of the
 * VPC CNI, and pods behind Cilium have been seen to need 3.
 */
public final class ImdsHopLimit implements Behaviour {

    private static final int HOST = 1;
    private static final int VPC_POD = 2;
    private static final int OVERLAY_POD = 3;

    @Override
    public String id() {
        return "imds-hop-limit";
    }

    @Override
    public String source() {
        return "EC2 user guide: IMDSv2; cilium issue 25232; field-notes.md 0.5";
    }

    @Override
    public void install(Kernel kernel) {
        Ends ends = Ends.of(kernel);
        Cloud cloud = Cloud.of(kernel);
        Network.of(kernel)
                .add(flow -> flow.to().kind() == End.Kind.IMDS
                        ? flow.from()
                                .node()
                                .flatMap(ends::instanceOf)
                                .flatMap(cloud::instance)
                                .flatMap(i -> stops(flow.from(), i))
                        : Optional.empty());
    }

    private static Optional<String> stops(End from, Instance instance) {
        int needed = from.overlay() ? OVERLAY_POD : from.kind() == End.Kind.VPC_POD ? VPC_POD : HOST;
        return instance.hopLimit() < needed
                ? Optional.of("the answer dies on the way: instance " + instance.id() + " has hop limit "
                        + instance.hopLimit() + " and " + needed + " are needed")
                : Optional.empty();
    }
}
