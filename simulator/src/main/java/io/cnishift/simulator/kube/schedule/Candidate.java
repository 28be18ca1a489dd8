package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;

/** A pod that has no node yet, read once for all nodes. */
record Candidate(
        String namespace,
        Map<String, String> labels,
        Map<String, Object> spec,
        long cpuMillis,
        long memoryMiB,
        List<Pod.HostPort> ports,
        String controller) {

    static Candidate of(Map<String, Object> tree) {
        Map<String, Object> spec = Tree.map(tree, "spec");
        KubeProjection.Requests requests = KubeProjection.requests(spec);
        String controller = Tree.maps(tree, "metadata", "ownerReferences").stream()
                .filter(r -> Tree.flag(r, "controller"))
                .findFirst()
                .flatMap(r -> Tree.text(r, "uid"))
                .orElse("");
        return new Candidate(
                Tree.text(tree, "metadata", "namespace").orElse(""),
                Tree.strings(tree, "metadata", "labels"),
                spec,
                requests.cpuMillis(),
                requests.memoryMiB(),
                KubeProjection.hostPorts(spec),
                controller);
    }

    List<Map<String, Object>> tolerations() {
        return Tree.maps(spec, "tolerations");
    }

    /** Terms of pod affinity or anti-affinity, by the names they have in the spec. */
    List<Map<String, Object>> podTerms(String affinity) {
        return Tree.maps(spec, "affinity", affinity, "requiredDuringSchedulingIgnoredDuringExecution");
    }

    List<Map<String, Object>> spreadConstraints() {
        return Tree.maps(spec, "topologySpreadConstraints");
    }
}
