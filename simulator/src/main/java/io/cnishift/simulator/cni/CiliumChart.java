package io.cnishift.simulator.cni;

import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The objects of the cilium chart that matter to the simulated cluster: without RBAC, certificates and dashboards. */
final class CiliumChart {

    static final String NAME = "cilium";

    private CiliumChart() {}

    static List<Map<String, Object>> render(String namespace, ReleaseValues values) {
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
        return all.stream()
                .map(o -> Trees.with(o, namespace, "metadata", "namespace"))
                .map(o -> Trees.with(
                        o,
                        Map.of("meta.helm.sh/release-name", NAME, "meta.helm.sh/release-namespace", namespace),
                        "metadata",
                        "annotations"))
                .toList();
    }
}
