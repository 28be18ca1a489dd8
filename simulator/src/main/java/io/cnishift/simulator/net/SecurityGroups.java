package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Packets that cross the VPC pass the security groups of the interface that they leave by and of the one that they arrive at.
 * An overlay pod leaves as its node, with the security groups of the node.
 */
public final class SecurityGroups implements Behaviour {

    private static final Set<End.Kind> WITH_INTERFACE =
            EnumSet.of(End.Kind.VPC_POD, End.Kind.HOST, End.Kind.CONTROL_PLANE);

    @Override
    public String id() {
        return "security-groups";
    }

    @Override
    public String source() {
        return "VPC user guide: security groups; EKS best practices: security groups for pods; domain.md 4.8";
    }

    @Override
    public void install(Kernel kernel) {
        SecurityGroupRules rules = new SecurityGroupRules(Cloud.of(kernel));
        Ends ends = Ends.of(kernel);
        Network.of(kernel).add(flow -> {
            boolean checked =
                    flow.betweenNodes() && WITH_INTERFACE.contains(flow.to().kind());
            return checked ? stops(rules, ends, flow) : Optional.empty();
        });
    }

    private static Optional<String> stops(SecurityGroupRules rules, Ends ends, Flow flow) {
        End from =
                flow.from().overlay() ? flow.from().node().flatMap(ends::host).orElse(flow.from()) : flow.from();
        return rules.stops(from, flow.to(), flow.transport(), flow.port());
    }
}
