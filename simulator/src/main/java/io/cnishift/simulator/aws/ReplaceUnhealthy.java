package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Instance;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.time.Duration;

/**
 * Auto Scaling ends an instance whose status checks fail, and launches another in its place. Off while the process
 * ReplaceUnhealthy or HealthCheck is suspended; it looks again later.
 */
public final class ReplaceUnhealthy implements Behaviour {

    private static final Duration NOTICED = Duration.ofMinutes(3);

    @Override
    public String id() {
        return "replace-unhealthy";
    }

    @Override
    public String source() {
        return "EC2 Auto Scaling user guide: health checks, suspending processes; domain.md 9.5";
    }

    @Override
    public void install(Kernel kernel) {
        Ec2.of(kernel).whenLost(i -> kernel.clock().after(NOTICED, () -> replace(kernel, i)));
    }

    private static void replace(Kernel kernel, Instance instance) {
        boolean off = instance.nodeGroup().flatMap(Cloud.of(kernel)::group).stream()
                .flatMap(g -> g.suspendedProcesses().stream())
                .anyMatch(p -> p.equals("ReplaceUnhealthy") || p.equals("HealthCheck"));
        if (off) {
            kernel.clock().after(NOTICED, () -> replace(kernel, instance));
        } else {
            Ec2.of(kernel).terminate(instance.id());
        }
    }
}
