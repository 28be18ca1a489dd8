package io.cnishift.api.roll;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Share;
import io.cnishift.api.cluster.Workload;
import java.util.Collection;

/** Pods keep the ports of hosts that they have, and find a host each among those that take pods. */
record KeptHostPorts(long hosts) implements HostPortRule {

    @Override
    public boolean takes(Workload workload, Collection<Pod> pods) {
        return pods.stream().anyMatch(p -> !p.hostPorts().isEmpty());
    }

    @Override
    public boolean fits(Workload workload) {
        int surge =
                Share.up(workload.maxSurge().orElse("25%"), workload.desired()).orElse(0);
        return workload.desired() + surge <= hosts;
    }
}
