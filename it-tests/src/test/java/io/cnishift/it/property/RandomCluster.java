package io.cnishift.it.property;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Owner;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kit.Extra;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A cluster that a seed makes up: nothing in it is broken, and anything in it may be unusual. */
final class RandomCluster {

    private static final int PODS_PER_NODE = 9;
    private static final int USUAL_PODS = 9;

    private final Random random;
    private final int nodes;

    private RandomCluster(long seed, int mostNodes) {
        random = new Random(seed);
        // small ones fail in more ways, and are quick; one of twenty may be large
        nodes = 2 + random.nextInt((random.nextInt(20) == 0 ? mostNodes : Math.min(10, mostNodes)) - 1);
    }

    static ClusterSnapshot of(long seed, int mostNodes) {
        return new RandomCluster(seed, mostNodes).build();
    }

    private ClusterSnapshot build() {
        Clusters cluster = Clusters.with()
                .nodes(nodes)
                .subnetPrefix(nodes > 10 ? 20 : pick(20, 22, 24))
                .instanceType(pick("m5.large", "t3.large", "c5.xlarge", "m6i.xlarge"))
                .hopLimit(pick(1, 2))
                .targetType(pick("ip", "instance"))
                .webReplicas(1 + random.nextInt(Math.min(12, 3 * nodes)))
                .ownedBy(pick(
                        Owner.NONE,
                        Owner.NONE,
                        Owner.NONE,
                        new Owner(Owner.Kind.ARGO_CD, "web"),
                        new Owner(Owner.Kind.HELM, "web/web")));
        maybe(3, cluster::publicSubnets);
        maybe(3, cluster::selfManaged);
        maybe(5, cluster::tcpOnlyBetweenNodes);
        maybe(3, () -> cluster.env("WARM_IP_TARGET", "2").env("MINIMUM_IP_TARGET", pick("4", "10")));
        maybe(5, () -> cluster.env("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true"));
        int left = PODS_PER_NODE * nodes - USUAL_PODS;
        for (int i = 0; i < random.nextInt(5) && left > 0; i++) {
            Extra extra = extra("app-" + i, Math.min(left, 8));
            left -= extra.replicas();
            cluster.extra(extra);
        }
        return cluster.build();
    }

    private Extra extra(String name, int most) {
        boolean ordered = random.nextInt(4) == 0;
        List<String> budgets = new ArrayList<>();
        maybe(2, () -> budgets.add(pick("0", "1", "1", "25%")));
        maybe(10, () -> budgets.add("1"));
        boolean recreate = !ordered && random.nextInt(6) == 0;
        return new Extra(
                ordered ? "StatefulSet" : "Deployment",
                name,
                1 + random.nextInt(most),
                recreate ? "Recreate" : "RollingUpdate",
                ordered || recreate ? Optional.empty() : Optional.of(pick("0", "1", "25%", "50%")),
                random.nextInt(3) > 0,
                budgets,
                random.nextInt(5) == 0,
                spec());
    }

    private Map<String, Object> spec() {
        return switch (random.nextInt(8)) {
            case 0 -> Map.of("terminationGracePeriodSeconds", pick(0, 5, 120));
            case 1 -> Map.of("nodeSelector", Map.of("kubernetes.io/os", "linux"));
            case 2 ->
                Map.of(
                        "topologySpreadConstraints",
                        List.of(Map.of(
                                "maxSkew",
                                1,
                                "topologyKey",
                                "topology.kubernetes.io/zone",
                                "whenUnsatisfiable",
                                "ScheduleAnyway",
                                "labelSelector",
                                Map.of())));
            default -> Map.of();
        };
    }

    private void maybe(int oneIn, Runnable what) {
        if (random.nextInt(oneIn) == 0) {
            what.run();
        }
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
