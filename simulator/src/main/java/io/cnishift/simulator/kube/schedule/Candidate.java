package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.kube.PodEni;
import io.cnishift.simulator.kube.Pods;
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

    /** A pod, read once for each version of it. */
    static Candidate of(Map<String, Object> tree) {
        return Tree.known(tree, Candidate.class, Candidate::read);
    }

    private static Candidate read(Map<String, Object> tree) {
        Map<String, Object> spec = Tree.map(tree, "spec");
        KubeProjection.Requests requests = KubeProjection.requests(spec);
        List<String> controller = Pods.controllerUid(tree);
        List<Map<String, Object>> spread = Tree.maps(spec, "topologySpreadConstraints");
        return new Candidate(
                Tree.text(tree, "metadata", "namespace").orElse(""),
                Tree.strings(tree, "metadata", "labels"),
                spec,
                requests.cpuMillis(),
                requests.memoryMiB(),
                PodEni.asked(tree),
                KubeProjection.hostPorts(spec),
                controller.isEmpty() ? "" : controller.get(0),
                Tree.maps(spec, "tolerations"),
                NodeAffinity.of(spec),
                Tree.maps(spec, "affinity", "podAffinity", REQUIRED),
                Tree.maps(spec, "affinity", "podAntiAffinity", REQUIRED),
                Tree.maps(spec, "affinity", "podAntiAffinity", PREFERRED),
                spread.isEmpty()
                        ? List.of()
                        : spread.stream().filter(Candidate::forbids).toList());
    }

    private static boolean forbids(Map<String, Object> constraint) {
        return Tree.text(constraint, "whenUnsatisfiable")
                .orElse("DoNotSchedule")
                .equals("DoNotSchedule");
    }
}
