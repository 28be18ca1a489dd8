package io.cnishift.api.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A Kubernetes node.
 *
 * @param instance EC2 instance id, from the provider id
 * @param maxPods pods the kubelet admits
 * @param cpuMillis allocatable
 * @param memoryMiB allocatable
 * @param address internal IPv4 address
 */
public record Node(
        String name,
        String uid,
        String resourceVersion,
        Optional<String> instance,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Taint> taints,
        boolean unschedulable,
        boolean ready,
        int maxPods,
        long cpuMillis,
        long memoryMiB,
        String kernel,
        String architecture,
        String osImage,
        String address,
        Instant createdAt)
        implements Resource {

    public Node {
        Objects.requireNonNull(name);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        taints = List.copyOf(taints);
    }

    @Override
    public Part part() {
        return Part.NODES;
    }

    @Override
    public String key() {
        return name;
    }

    /** The zone label, empty when absent. */
    public String zone() {
        return labels.getOrDefault("topology.kubernetes.io/zone", "");
    }

    /** The instance type label, empty when absent. */
    public String instanceType() {
        return labels.getOrDefault("node.kubernetes.io/instance-type", "");
    }

    /** Whether it runs Linux. */
    public boolean linux() {
        return labels.getOrDefault("kubernetes.io/os", "linux").equals("linux");
    }

    /** Whether it is one pod's machine of Fargate, which no group launches and no agent gets onto. */
    public boolean fargate() {
        return labels.getOrDefault("eks.amazonaws.com/compute-type", "").equals("fargate");
    }

    /** Whether it carries a taint of that key. */
    public boolean tainted(String key) {
        return taints.stream().anyMatch(t -> t.key().equals(key));
    }
}
