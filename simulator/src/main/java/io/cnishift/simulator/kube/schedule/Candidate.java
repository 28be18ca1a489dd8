package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.kube.PodEni;
import java.util.List;
import java.util.Map;

/**
 * A pod that has no node yet, read once for all nodes.
 *
 * @param branch whether it asks for a branch interface
 * @param affinity required terms, as are those of {@code antiAffinity}
 * @param dislikes preferred terms of anti-affinity, with their weights
 * @param spread the constraints that forbid, not those that merely prefer
 */
record Candidate(
        String namespace,
        Map<String, String> labels,
        Map<String, Object> spec,
        long cpuMillis,
        long memoryMiB,
        boolean branch,
        List<Pod.HostPort> ports,
        String controller,
        List<Map<String, Object>> tolerations,
        NodeAffinity nodeAffinity,
        List<Map<String, Object>> affinity,
        List<Map<String, Object>> antiAffinity,
        List<Map<String, Object>> dislikes,
        List<Map<String, Object>> spread) {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

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
                PodEni.asked(tree),
                KubeProjection.hostPorts(spec),
                controller,
                Tree.maps(spec, "tolerations"),
                NodeAffinity.of(spec),
                Tree.maps(spec, "affinity", "podAffinity", REQUIRED),
                Tree.maps(spec, "affinity", "podAntiAffinity", REQUIRED),
                Tree.maps(spec, "affinity", "podAntiAffinity", PREFERRED),
                Tree.maps(spec, "topologySpreadConstraints").stream()
                        .filter(c -> Tree.text(c, "whenUnsatisfiable")
                                .orElse("DoNotSchedule")
                                .equals("DoNotSchedule"))
                        .toList());
    }
}
