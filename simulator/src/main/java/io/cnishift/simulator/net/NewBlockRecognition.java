package io.cnishift.simulator.net;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.VpcBlocks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The control plane notices a new block of the VPC within an hour, and reaches no pod that has an address of it before: webhooks
 * and aggregated APIs of such pods do not answer. Nodes and load balancers reach them at once.
 */
public final class NewBlockRecognition implements Behaviour {

    private static final int LEAST_MINUTES = 20;
    private static final int SPREAD_MINUTES = 40;

    @Override
    public String id() {
        return "new-block-recognition";
    }

    @Override
    public String source() {
        return "EKS user guide: network requirements, up to one hour until a new VPC CIDR block is recognised; domain.md 7.1";
    }

    @Override
    public void install(Kernel kernel) {
        VpcBlocks.Young young = VpcBlocks.Young.of(kernel);
        RandomGenerator random = kernel.random("new-block-recognition");
        Map<Cidr, Duration> delays = new TreeMap<>();
        Network.of(kernel).add(flow -> {
            if (flow.from().kind() != End.Kind.CONTROL_PLANE || flow.to().kind() != End.Kind.VPC_POD) {
                return Optional.empty();
            }
            return young.with(flow.to().address()).flatMap(block -> {
                Duration delay = delays.computeIfAbsent(
                        block.getKey(), b -> Duration.ofMinutes(LEAST_MINUTES + random.nextInt(SPREAD_MINUTES)));
                Instant until = block.getValue().plus(delay);
                return kernel.clock().now().isBefore(until)
                        ? Optional.of(
                                "the control plane does not know the new block " + block.getKey() + " of the VPC yet")
                        : Optional.empty();
            });
        });
    }
}
