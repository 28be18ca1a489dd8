package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the cilium chart renders for Cluster Mesh: the authority that signs certificates, the API server that other clusters ask, with its
 * Service and the names in its certificate, and the Secret that names other clusters to agents. Source: cilium/charts
 * templates/cilium-ca-secret.yaml, clustermesh-apiserver, clustermesh-config.
 */
final class ChartMesh {

    private static final String NAME = "clustermesh-apiserver";
    private static final String API = "clustermesh.apiserver.";
    private static final int PORT = 2379;

    private ChartMesh() {}

    static List<Map<String, Object>> of(ReleaseValues v, String authority) {
        List<Map<String, Object>> all = new ArrayList<>();
        boolean server = v.on("clustermesh.useAPIServer", false);
        if (server || v.on("hubble.enabled", true)) {
            all.add(secret("cilium-ca", Map.of("ca.crt", authority)));
        }
        if (server) {
            all.add(deployment(v));
            all.add(service(v));
            String names = v.minor() >= 20 ? "tls.auto.server.extraDnsNames" : "tls.server.extraDnsNames";
            all.add(secret(NAME + "-server-cert", Map.of("names", String.join(" ", v.texts(API + names)))));
        }
        if (v.on("clustermesh.config.enabled", false)) {
            Map<String, String> clusters = new LinkedHashMap<>();
            Tree.maps(v.values(), "clustermesh", "config", "clusters")
                    .forEach(c -> clusters.put(
                            Tree.text(c, "name").orElse(""),
                            Tree.text(c, "address").orElse("") + ":" + Tree.number(c, 0, "port")));
            all.add(secret("cilium-clustermesh", clusters));
        }
        return all;
    }

    private static Map<String, Object> secret(String name, Map<String, String> data) {
        return Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Trees.of("name", name, "labels", Map.of("app.kubernetes.io/managed-by", "Helm")),
                "type",
                "Opaque",
                "data",
                data);
    }

    private static Map<String, Object> deployment(ReleaseValues v) {
        Map<String, Object> labels = Map.of("k8s-app", NAME);
        Map<String, Object> container = Trees.of(
                "name",
                "apiserver",
                "image",
                v.text(API + "image.repository", "quay.io/cilium/" + NAME) + ":v" + v.version(),
                "ports",
                List.of(Trees.of("name", "etcd", "containerPort", (long) PORT, "protocol", "TCP")));
        return object(
                "apps/v1",
                "Deployment",
                labels,
                Trees.of(
                        "replicas",
                        v.number(API + "replicas", 1),
                        "selector",
                        Trees.of("matchLabels", labels),
                        "template",
                        Trees.of(
                                "metadata",
                                Trees.of("labels", labels),
                                "spec",
                                Trees.of("serviceAccountName", NAME, "containers", List.of(container)))));
    }

    private static Map<String, Object> service(ReleaseValues v) {
        Map<String, Object> annotations = v.map(API + "service.annotations");
        Map<String, Object> service = object(
                "v1",
                "Service",
                Map.of("k8s-app", NAME),
                Trees.of(
                        "type",
                        v.text(API + "service.type", "NodePort"),
                        "loadBalancerClass",
                        v.at(API + "service.loadBalancerClass").orElse(null),
                        "loadBalancerSourceRanges",
                        v.at(API + "service.loadBalancerSourceRanges").orElse(null),
                        "selector",
                        Map.of("k8s-app", NAME),
                        "ports",
                        List.of(Trees.of(
                                "name",
                                "apiserv",
                                "port",
                                (long) PORT,
                                "targetPort",
                                (long) PORT,
                                "protocol",
                                "TCP"))));
        return annotations.isEmpty() ? service : Trees.with(service, annotations, "metadata", "annotations");
    }

    private static Map<String, Object> object(
            String version, String kind, Map<String, Object> labels, Map<String, Object> spec) {
        Map<String, Object> all = new LinkedHashMap<>(labels);
        all.put("app.kubernetes.io/part-of", "cilium");
        all.put("app.kubernetes.io/managed-by", "Helm");
        return Trees.of(
                "apiVersion", version, "kind", kind, "metadata", Trees.of("name", NAME, "labels", all), "spec", spec);
    }
}
