package io.cnishift.engine.snapshot;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import java.util.ArrayList;
import java.util.List;

/** Counts that capacity is worked out from; a negative one would make room where there is none. */
final class Counts {

    private final ClusterSnapshot snapshot;
    private final List<Flaw> flaws = new ArrayList<>();

    Counts(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    List<Flaw> flaws() {
        for (NodeGroup group : snapshot.nodeGroups()) {
            count("nodeGroups", group, "minSize", group.minSize());
            count("nodeGroups", group, "maxSize", group.maxSize());
            count("nodeGroups", group, "desiredSize", group.desiredSize());
            count("nodeGroups", group, "maxPods", group.maxPods().orElse(0));
        }
        for (Node node : snapshot.nodes()) {
            count("nodes", node, "maxPods", node.maxPods());
            count("nodes", node, "cpuMillis", node.cpuMillis());
            count("nodes", node, "memoryMiB", node.memoryMiB());
        }
        for (Pod pod : snapshot.pods()) {
            count("pods", pod, "cpuMillis", pod.cpuMillis());
            count("pods", pod, "memoryMiB", pod.memoryMiB());
        }
        return flaws;
    }

    private void count(String list, Resource resource, String field, long count) {
        if (count < 0) {
            flaws.add(new Flaw(list, resource, field, 0, count + " is no count", "write 0 or more"));
        }
    }
}
