package io.cnishift.engine.owner;

import io.cnishift.api.cluster.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values by which charts that are often met set what a patch changes. What is not known here is not guessed. */
final class ChartValues {

    /** A chart, by the beginning of its name, with its values for the host network and the DNS policy. */
    private record Chart(String name, String hostNetwork, String dnsPolicy) {}

    private static final List<Chart> CHARTS = List.of(
            new Chart("aws-load-balancer-controller", "hostNetwork", "dnsPolicy"),
            new Chart("metrics-server", "hostNetwork.enabled", ""),
            new Chart("cert-manager", "webhook.hostNetwork", ""),
            new Chart("ingress-nginx", "controller.hostNetwork", "controller.dnsPolicy"));

    private static final String VPC_CNI = "aws-vpc-cni";

    private ChartValues() {}

    /** Values by path; empty where none is known. */
    static Map<String, Object> of(String chart, Map<String, Object> patch) {
        Map<String, Object> pod = Tree.map(patch, "spec", "template", "spec");
        Map<String, Object> values = new TreeMap<>();
        CHARTS.stream().filter(c -> chart.startsWith(c.name())).findFirst().ifPresent(known -> {
            put(values, known.hostNetwork(), pod.get("hostNetwork"));
            put(values, known.dnsPolicy(), pod.get("dnsPolicy"));
        });
        if (chart.startsWith(VPC_CNI) || chart.equals("aws-node")) {
            Tree.maps(pod, "containers").stream()
                    .filter(c -> "aws-node".equals(c.get("name")))
                    .flatMap(c -> Tree.maps(c, "env").stream())
                    .forEach(e -> put(values, "env." + e.get("name"), e.get("value")));
        }
        return values;
    }

    private static void put(Map<String, Object> values, String path, @Nullable Object value) {
        if (!path.isEmpty() && value != null) {
            values.put(path, value);
        }
    }

    /** Values by path as a tree. */
    static Map<String, Object> nested(Map<String, Object> values) {
        Map<String, Object> tree = new LinkedHashMap<>();
        values.forEach((path, value) -> {
            Map<String, Object> here = tree;
            String[] steps = path.split("\\.", -1);
            for (int i = 0; i < steps.length - 1; i++) {
                here = inner(here, steps[i]);
            }
            here.put(steps[steps.length - 1], value);
        });
        return tree;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> tree, String key) {
        return (Map<String, Object>) tree.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>());
    }
}
