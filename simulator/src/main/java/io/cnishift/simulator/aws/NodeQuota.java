package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A quota of the account over all groups: at the limit of the cluster no group gets another instance. AWS counts vCPUs; the
 * limit is in nodes.
 */
final class NodeQuota implements Behaviour {

    @Override
    public String id() {
        return "node-quota";
    }

    @Override
    public String source() {
        return "EC2 user guide: instance type quotas; EC2 error codes: VcpuLimitExceeded; domain.md NO-07";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Ec2.of(kernel).refuseLaunches((group, subnet) -> refusal(cloud));
    }

    private static Optional<String> refusal(Cloud cloud) {
        OptionalInt limit = cloud.view().cluster().nodeLimit();
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        long live = cloud.view().all(Part.INSTANCES, Instance.class).stream()
                .filter(Ec2::live)
                .count();
        return live < limit.getAsInt()
                ? Optional.empty()
                : Optional.of(
                        "VcpuLimitExceeded: you have requested more vCPU capacity than your current limit allows");
    }
}
