package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What EndpointSlices of a Service look like. Pure. */
public final class Slices {
    static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private Slices() {}

    /** A pod as an endpoint: ready unless it is being deleted, as a proxy must take it. */
    public static Map<String, Object> endpoint(Map<String, Object> pod, boolean publishNotReady) {
        AsEndpoint known = Tree.known(pod, AsEndpoint.class, AsEndpoint::of);
        return publishNotReady ? known.published() : known.serving();
    }

    /** A pod as an endpoint of a Service, and of one that publishes addresses that are not ready. */
    private record AsEndpoint(Map<String, Object> serving, Map<String, Object> published) {
        private static AsEndpoint of(Map<String, Object> pod) {
            return new AsEndpoint(made(pod, false), made(pod, true));
        }
    }

    private static Map<String, Object> made(Map<String, Object> pod, boolean publishNotReady) {
        boolean serving = Pods.ready(pod);
        boolean terminating = Pods.terminating(pod);
        return Trees.of(
                "addresses",
                List.of(Pods.address(pod).orElse("")),
                "conditions",
                Trees.of(
                        "ready", publishNotReady || (serving && !terminating),
                        "serving", serving,
                        "terminating", terminating),
                "targetRef",
                Trees.of(
                        "kind", "Pod",
                        "namespace", Pods.key(pod).namespace(),
                        "name", Pods.key(pod).name(),
                        "uid", Pods.uid(pod)),
                "nodeName",
                Pods.node(pod).orElse(null));
    }

    /** Whether a pod is the same endpoint as before its change. */
    public static boolean sameEndpoint(Map<String, Object> before, Map<String, Object> after) {
        return Pods.ready(before) == Pods.ready(after)
                && Pods.terminating(before) == Pods.terminating(after)
                && Pods.address(before).equals(Pods.address(after))
                && Pods.node(before).equals(Pods.node(after));
    }

    /** The ports of a Service as that pod serves them; a named target port is looked up in its containers. */
    public static List<Map<String, Object>> ports(Map<String, Object> service, Map<String, ?> pod) {
        List<Map<String, Object>> ports = new ArrayList<>();
        for (Map<String, Object> port : Tree.maps(service, "spec", "ports")) {
            String protocol = Tree.text(port, "protocol").orElse("TCP");
            Object target = port.getOrDefault("targetPort", port.getOrDefault("port", 0));
            Optional<Object> number = target instanceof Number || pod.isEmpty()
                    ? Optional.of(target)
                    : containerPort(pod, String.valueOf(target), protocol);
            number.ifPresent(n ->
                    ports.add(Trees.of("name", Tree.text(port, "name").orElse(""), "protocol", protocol, "port", n)));
        }
        return ports;
    }

    private static Optional<Object> containerPort(Map<String, ?> pod, String name, String protocol) {
        for (Map<String, Object> container : Tree.maps(pod, "spec", "containers")) {
            for (Map<String, Object> port : Tree.maps(container, "ports")) {
                if (name.equals(port.get("name"))
                        && Tree.text(port, "protocol").orElse("TCP").equals(protocol)) {
                    return Optional.ofNullable(port.get("containerPort"));
                }
            }
        }
        return Optional.empty();
    }

    /** The name of the slice for those ports; the same ports give the same name. */
    public static String name(Map<String, Object> service, List<Map<String, Object>> ports) {
        return Pods.key(service).name() + "-" + Hashes.suffix(ports);
    }

    /** A slice of that Service. */
    public static Map<String, Object> slice(
            Map<String, Object> service, List<Map<String, Object>> ports, List<Map<String, Object>> endpoints) {
        Map<String, Object> owner = Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "name",
                Pods.key(service).name(),
                "uid",
                Pods.uid(service),
                "controller",
                true,
                "blockOwnerDeletion",
                true);
        Map<String, Object> tree = MetaTrees.object(
                "discovery.k8s.io/v1",
                "EndpointSlice",
                new Identity(Pods.key(service).namespace(), name(service, ports), "", "", Instant.EPOCH),
                Map.of(
                        SERVICE_LABEL,
                        Pods.key(service).name(),
                        "endpointslice.kubernetes.io/managed-by",
                        "endpointslice-controller.k8s.io"));
        tree = Trees.with(tree, List.of(owner), "metadata", "ownerReferences");
        Map<String, Object> slice = new LinkedHashMap<>(tree);
        slice.put("addressType", Tree.texts(service, "spec", "ipFamilies").contains("IPv6") ? "IPv6" : "IPv4");
        slice.put("ports", ports);
        slice.put("endpoints", endpoints);
        return slice;
    }
}
