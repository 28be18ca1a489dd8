package io.cnishift.simulator.cni;

import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The objects of the cilium chart that matter to the simulated cluster: without RBAC and dashboards, and of certificates with what makes two
 * clusters trust each other.
 */
final class CiliumChart {

    static final String NAME = "cilium";

    private CiliumChart() {}

    /** @param authority what a new authority for certificates would be known by */
    static List<Map<String, Object>> render(String namespace, ReleaseValues values, String authority) {
        Map<String, Object> data = ChartConfig.data(values);
        List<Map<String, Object>> all = new ArrayList<>();
        all.add(Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Trees.of("name", AgentConfig.CONFIG_MAP, "labels", Map.of("app.kubernetes.io/managed-by", "Helm")),
                "data",
                data));
        all.addAll(ChartWorkloads.of(values, data));
        all.addAll(ChartMesh.of(values, authority));
        return all.stream()
                .map(o -> Trees.with(o, namespace, "metadata", "namespace"))
                .map(o -> Trees.with(o, NAME, "metadata", "annotations", "meta.helm.sh/release-name"))
                .map(o -> Trees.with(o, namespace, "metadata", "annotations", "meta.helm.sh/release-namespace"))
                .toList();
    }
}
