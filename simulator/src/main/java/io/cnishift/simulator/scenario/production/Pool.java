package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Taint;
import java.util.ArrayList;
import java.util.List;

/**
 * A node group: how many nodes of which types in which zones, and how full they are.
 *
 * @param label value of {@link #LABEL} on its nodes, by which workloads choose them; groups may share one
 * @param headroom nodes that it may have beyond those it has
 * @param podsPerNode with all DaemonSets
 */
record Pool(
        String name,
        String label,
        NodeGroup.Kind kind,
        List<String> types,
        int nodes,
        int headroom,
        List<Integer> zones,
        String capacity,
        List<Taint> taints,
        int podsPerNode,
        Owner owner) {

    static final String LABEL = "example.com/pool";
    static final Taint SPOT = new Taint("example.com/spot", "true", "NoSchedule");
    static final Taint GPU = new Taint("nvidia.com/gpu", "present", "NoSchedule");

    private static final String GPU_POOL = "gpu";
    private static final List<Integer> ALL_ZONES = List.of(0, 1, 2);
    private static final Owner TERRAFORM = new Owner(Owner.Kind.TERRAFORM, "platform/eks");
    private static final int USUAL = 30;
    private static final int CROWDED = 32;
    private static final int GPU_PODS = 10;

    /**
     * All groups of a cluster. Of 300 nodes they may grow to 340 together, which is all that the account's quota of vCPUs
     * allows.
     */
    static List<Pool> of(Shape shape) {
        List<Pool> pools = new ArrayList<>();
        pools.add(managed(shape, "system", "m5.xlarge", 12, 2));
        pools.add(new Pool(
                "compute",
                "compute",
                NodeGroup.Kind.SELF_MANAGED,
                List.of("c6i.2xlarge"),
                shape.of300(60),
                shape.of300(6),
                ALL_ZONES,
                "on-demand",
                List.of(),
                CROWDED,
                TERRAFORM));
        // EBS volumes stay in their zone, and so does a group that is to follow them
        for (int zone : ALL_ZONES) {
            pools.add(new Pool(
                    "data-" + (char) ('a' + zone),
                    "data",
                    NodeGroup.Kind.MANAGED,
                    List.of("r6i.xlarge"),
                    shape.of300(6),
                    shape.of300(1),
                    List.of(zone),
                    "on-demand",
                    List.of(),
                    USUAL,
                    TERRAFORM));
        }
        pools.add(managed(shape, "secured", "m5.xlarge", 18, 2));
        // the reservation is full: no seventh instance is to be had
        pools.add(new Pool(
                GPU_POOL,
                GPU_POOL,
                NodeGroup.Kind.MANAGED,
                List.of("g5.xlarge"),
                shape.of300(6),
                0,
                List.of(0),
                "on-demand",
                List.of(GPU),
                GPU_PODS,
                TERRAFORM));
        pools.add(new Pool(
                "spot",
                "spot",
                NodeGroup.Kind.MANAGED,
                List.of("m6i.xlarge", "m5.xlarge", "m5a.xlarge"),
                shape.of300(30),
                shape.of300(6),
                ALL_ZONES,
                "spot",
                List.of(SPOT),
                USUAL,
                Owner.NONE));
        pools.add(karpenter(shape, "default", "general", 24, 6, "on-demand"));
        pools.add(karpenter(shape, "batch", "batch", 12, 5, "spot"));
        int others = pools.stream().mapToInt(Pool::nodes).sum();
        pools.add(new Pool(
                "general",
                "general",
                NodeGroup.Kind.MANAGED,
                List.of("m6i.2xlarge"),
                shape.nodes() - others,
                shape.of300(10),
                ALL_ZONES,
                "on-demand",
                List.of(),
                USUAL,
                TERRAFORM));
        return pools;
    }

    /** Nodes that the account's quota allows at one time: as many as all groups together may grow to. */
    static int most(Shape shape) {
        return of(shape).stream().mapToInt(p -> p.nodes() + p.headroom()).sum();
    }

    /** Whether its instances come from a capacity reservation, of which it has all. */
    boolean reserved() {
        return name.equals(GPU_POOL);
    }

    private static Pool managed(Shape shape, String name, String type, int nodes, int headroom) {
        return new Pool(
                name,
                name,
                NodeGroup.Kind.MANAGED,
                List.of(type),
                shape.of300(nodes),
                shape.of300(headroom),
                ALL_ZONES,
                "on-demand",
                List.of(),
                USUAL,
                TERRAFORM);
    }

    private static Pool karpenter(Shape shape, String name, String label, int nodes, int headroom, String capacity) {
        return new Pool(
                name,
                label,
                NodeGroup.Kind.KARPENTER,
                List.of("m6i.xlarge"),
                shape.of300(nodes),
                shape.of300(headroom),
                ALL_ZONES,
                capacity,
                List.of(),
                USUAL,
                new Owner(Owner.Kind.ARGO_CD, "karpenter-pools"));
    }
}
