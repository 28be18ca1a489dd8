package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * With custom networking ipamd does not start on a node that has no interface for pods and gets none, for no ENIConfig has the
 * name that the node asks for: the node gets no CNI configuration, is not ready, and its pods wait.
 */
public final class EniConfigNeeded implements Behaviour {

    static final String FAILED = "Failed to attach any ENIs for custom networking";

    @Override
    public String id() {
        return "eni-config-needed";
    }

    @Override
    public String source() {
        return "amazon-vpc-cni-k8s pkg/ipamd/ipamd.go nodeInit, pkg/eniconfig/eniconfig.go; domain.md 7.3, 18";
    }

    @Override
    public void install(Kernel kernel) {
        AwsNodes.Gates.of(kernel)
                .add((node, env) -> EniPool.of(kernel, node)
                        .filter(pool -> CustomNetworking.on(env))
                        .filter(pool -> pool.usable(true).isEmpty())
                        .filter(pool -> pool.attached().stream()
                                .findFirst()
                                .flatMap(primary -> PodSubnet.of(kernel, node, primary, env))
                                .isEmpty())
                        .map(pool -> FAILED));
    }
}
