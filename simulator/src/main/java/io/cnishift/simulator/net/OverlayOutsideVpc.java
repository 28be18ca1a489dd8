package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Overlay addresses exist on nodes with an agent and nowhere else: the VPC has no route to them, so neither the control plane
 * (webhooks, aggregated APIs) nor a load balancer with ip targets ever reaches one, although both may be told of it.
 */
public final class OverlayOutsideVpc implements Behaviour {

    private static final Set<End.Kind> IN_THE_VPC =
            EnumSet.of(End.Kind.CONTROL_PLANE, End.Kind.LOAD_BALANCER, End.Kind.OUTSIDE);

    @Override
    public String id() {
        return "overlay-outside-vpc";
    }

    @Override
    public String source() {
        return "EKS user guide: webhooks of hybrid nodes; AWS Load Balancer Controller: target-type; domain.md 4.7, 4.8";
    }

    @Override
    public void install(Kernel kernel) {
        Network.of(kernel).add(OverlayOutsideVpc::stops);
    }

    private static Optional<String> stops(Flow flow) {
        return flow.to().overlay() && IN_THE_VPC.contains(flow.from().kind())
                ? Optional.of("the VPC has no route to the overlay address "
                        + flow.to().address())
                : Optional.empty();
    }
}
