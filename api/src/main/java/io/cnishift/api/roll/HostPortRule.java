package io.cnishift.api.roll;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Workload;
import java.util.Collection;
import java.util.List;

/** What a strategy knows of workloads whose pods take ports of their hosts: no two of them fit on one host. */
public interface HostPortRule {

    /** Whether pods of a workload take ports of their host once they have moved. */
    boolean takes(Workload workload, Collection<Pod> pods);

    /** Whether the rollout of such a Deployment finds a host for each pod. */
    boolean fits(Workload workload);

    /** Where pods keep the ports that they have: hosts are the nodes that are there, which take pods until they are drained. */
    static HostPortRule unchanged(List<Node> nodes) {
        return new KeptHostPorts(
                nodes.stream().filter(n -> n.ready() && !n.unschedulable()).count());
    }
}
