package io.cnishift.strategy.overlay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a chart's values must say so that its next upgrade keeps a workload on the host network. */
final class HelmHint {

    private HelmHint() {}

    static String of(HostNetworkMove move) {
        Map<String, Object> values = values(move);
        return values.entrySet().stream()
                .map(v -> v.getKey() + "=" + v.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Object> values(HostNetworkMove move) {
        Map<String, Object> values = new LinkedHashMap<>();
        String name = move.workload().name();
        if (name.contains("aws-load-balancer-controller")) {
            values.put("hostNetwork", true);
            values.put("dnsPolicy", "ClusterFirstWithHostNet");
            port(move, 9443, "webhookBindPort", values);
        } else if (name.contains("cert-manager") && name.contains("webhook")) {
            values.put("webhook.hostNetwork", true);
            port(move, 10250, "webhook.securePort", values);
        } else if (name.contains("metrics-server")) {
            values.put("hostNetwork.enabled", true);
            port(move, 10250, "containerPort", values);
        } else if (name.contains("ingress-nginx")) {
            values.put("controller.hostNetwork", true);
            values.put("controller.dnsPolicy", "ClusterFirstWithHostNet");
        } else {
            values.put("the chart's own value for hostNetwork", true);
            move.ports().forEach((old, fresh) -> values.put("what is " + old + " now", fresh));
        }
        return values;
    }

    private static void port(HostNetworkMove move, int port, String key, Map<String, Object> values) {
        if (move.ports().containsKey(port)) {
            values.put(key, move.ports().get(port));
        }
    }
}
