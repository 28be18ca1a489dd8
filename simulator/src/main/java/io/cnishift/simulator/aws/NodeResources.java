package io.cnishift.simulator.aws;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.Node;
import java.util.Collection;
import java.util.Optional;

/**
 * What a node of a type can give to pods. CPU follows nodeadm's reservation per core; memory is what a node of the same type
 * has in the snapshot, less 11 MiB for each further pod it may run (amazon-eks-ami, kubelet config); for a type that the
 * snapshot does not have it is estimated from the family.
 *
 * @param cpuMillis allocatable
 * @param memoryMiB allocatable
 */
record NodeResources(long cpuMillis, long memoryMiB) {

    private static final int RESERVED_PER_POD_MIB = 11;
    private static final int RESERVED_BASE_MIB = 255;
    private static final int EVICTION_MIB = 100;
    /** Part of an instance's memory that its kernel hands to the node. */
    private static final double VISIBLE = 0.938;

    static NodeResources of(String type, int maxPods, Collection<Node> known) {
        int vcpus = InstanceTable.embedded()
                .find(type)
                .map(InstanceLimits::vcpus)
                .filter(v -> v > 0)
                .orElse(2);
        Optional<Node> alike = known.stream()
                .filter(n -> n.instanceType().equals(type))
                .filter(n -> n.maxPods() > 0)
                .findFirst();
        return alike.map(n -> new NodeResources(
                        n.cpuMillis(), n.memoryMiB() - (long) RESERVED_PER_POD_MIB * (maxPods - n.maxPods())))
                .orElseGet(() ->
                        new NodeResources(vcpus * 1000L - reservedCpuMillis(vcpus), memory(type, vcpus, maxPods)));
    }

    /** 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the others. */
    static long reservedCpuMillis(int vcpus) {
        double reserved = 0;
        for (int core = 1; core <= vcpus; core++) {
            reserved += core == 1 ? 60 : core == 2 ? 10 : core <= 4 ? 5 : 2.5;
        }
        return (long) reserved;
    }

    private static long memory(String type, int vcpus, int maxPods) {
        int gibPerCore = switch (type.charAt(0)) {
            case 'c' -> 2;
            case 'r', 'x', 'z' -> 8;
            case 't' -> type.endsWith(".medium") ? 2 : 4;
            default -> 4;
        };
        long total = (long) (1024L * vcpus * gibPerCore * VISIBLE);
        return total - (long) RESERVED_PER_POD_MIB * maxPods - RESERVED_BASE_MIB - EVICTION_MIB;
    }
}
