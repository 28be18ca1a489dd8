package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.roll.HostPortRule;
import java.util.Collection;
import java.util.List;

/** Ports of hosts, those included that pods take once they are on the host network. */
record MovedHostPorts(Site site, Canaries canaries, List<HostNetworkMove> moves) implements HostPortRule {

    @Override
    public boolean takes(Workload workload, Collection<Pod> pods) {
        return moves.stream().anyMatch(m -> m.workload().key().equals(workload.key()))
                || pods.stream().anyMatch(p -> !p.hostPorts().isEmpty());
    }

    @Override
    public boolean fits(Workload workload) {
        return HostFit.of(site, workload, canaries).problems().isEmpty();
    }
}
