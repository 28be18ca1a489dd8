package io.cnishift.it.mistake;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A DaemonSet on the pod network that tolerates everything, so its pods are bound to a node before it is ready. */
final class PodNetworkAgent {

    static final String KEY = "DaemonSet/logs/agent";

    private PodNetworkAgent() {}

    static ClusterSnapshot on(ClusterSnapshot cluster) {
        Map<String, String> labels = Map.of("app", "agent");
        int nodes = cluster.nodes().size();
        Workload agent = new Workload(
                "DaemonSet",
                "logs",
                "agent",
                "0a0a0a0a-0000-4000-8000-000000000002",
                "1000",
                1,
                1,
                nodes,
                nodes,
                nodes,
                nodes,
                "RollingUpdate",
                Optional.empty(),
                Optional.of("1"),
                false,
                Map.of("matchLabels", labels),
                labels,
                labels,
                Map.of(),
                Map.of(
                        "tolerations",
                        List.of(Map.of("operator", "Exists")),
                        "containers",
                        List.of(Map.of("name", "agent", "image", "example.org/agent:1"))),
                List.of(),
                false,
                List.of(),
                List.of(),
                Owner.NONE);
        Namespace logs = new Namespace("logs", "0a0a0a0a-0000-4000-8000-000000000001", Map.of(), false);
        return Variant.with(Variant.with(cluster, logs), agent);
    }
}
