package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pods as trees: made from the template of their workload where that explains the record, else from the record alone. */
public final class PodTrees {

    private PodTrees() {}

    static Map<String, Object> pod(Pod pod, Optional<Map<String, Object>> template) {
        Map<String, Object> bare = MetaTrees.object(
                "v1",
                "Pod",
                new Identity(pod.namespace(), pod.name(), pod.uid(), pod.resourceVersion(), pod.createdAt()),
                pod.labels());
        if (!pod.annotations().isEmpty()) {
            bare = Trees.with(bare, pod.annotations(), "metadata", "annotations");
        }
        if (pod.controller().isPresent()) {
            bare = Trees.with(bare, List.of(reference(pod.controller().get())), "metadata", "ownerReferences");
        }
        if (pod.terminating()) {
            bare = Trees.with(bare, pod.createdAt().toString(), "metadata", "deletionTimestamp");
            bare = Trees.with(bare, pod.graceSeconds(), "metadata", "deletionGracePeriodSeconds");
        }
        Map<String, Object> stem = bare;
        return template.map(t -> completed(stem, fitted(pod, Tree.map(t, "spec")), pod))
                .filter(tree -> KubeProjection.pod(tree).equals(pod))
                .orElseGet(() -> completed(stem, alone(pod), pod));
    }

    /** An owner reference of a controller. */
    public static Map<String, Object> reference(Pod.OwnerRef owner) {
        String api = switch (owner.kind()) {
            case "Job", "CronJob" -> "batch/v1";
            case "Node" -> "v1";
            default -> "apps/v1";
        };
        return Trees.of(
                "apiVersion",
                api,
                "kind",
                owner.kind(),
                "name",
                owner.name(),
                "uid",
                owner.uid(),
                "controller",
                true,
                "blockOwnerDeletion",
                true);
    }

    private static Map<String, Object> completed(Map<String, Object> stem, Map<String, Object> spec, Pod pod) {
        Map<String, Object> bound =
                pod.node().map(n -> Trees.with(spec, n, "nodeName")).orElse(spec);
        return Trees.with(Trees.with(stem, bound, "spec"), status(pod, bound), "status");
    }

    /** The template's spec with the volumes that the pod has beyond it: claims of a StatefulSet. */
    private static Map<String, Object> fitted(Pod pod, Map<String, Object> spec) {
        long inTemplate = Tree.maps(spec, "volumes").size();
        return inTemplate == pod.volumes().size() ? spec : Trees.with(spec, volumes(pod), "volumes");
    }

    private static List<Map<String, Object>> volumes(Pod pod) {
        List<Map<String, Object>> volumes = new ArrayList<>();
        for (Pod.PodVolume volume : pod.volumes()) {
            String claim =
                    volume.claim().map(c -> c.substring(c.indexOf('/') + 1)).orElse("");
            boolean ephemeral = volume.kind().equals("ephemeral") && claim.startsWith(pod.name() + "-");
            String name = ephemeral ? claim.substring(pod.name().length() + 1) : "v" + volumes.size();
            Map<String, Object> source =
                    volume.kind().equals("persistentVolumeClaim") ? Trees.of("claimName", claim) : Map.of();
            volumes.add(Trees.of("name", name, volume.kind(), source));
        }
        return volumes;
    }

    private static Map<String, Object> alone(Pod pod) {
        List<Map<String, Object>> ports = pod.hostPorts().stream()
                .map(p -> Trees.of(
                        "containerPort", p.port(),
                        "hostPort", p.port(),
                        "protocol", p.protocol().toUpperCase(java.util.Locale.ROOT)))
                .toList();
        Map<String, Object> requests = Trees.of(
                "cpu", pod.cpuMillis() == 0 ? null : pod.cpuMillis() + "m",
                "memory", pod.memoryMiB() == 0 ? null : pod.memoryMiB() + "Mi");
        Map<String, Object> container = Trees.of(
                "name", "main",
                "ports", MetaTrees.filled(ports, ports.isEmpty()),
                "resources", MetaTrees.filled(Trees.of("requests", requests), requests.isEmpty()));
        return Trees.of(
                "hostNetwork", pod.hostNetwork() ? true : null,
                "serviceAccountName", pod.serviceAccount(),
                "terminationGracePeriodSeconds", pod.graceSeconds(),
                "volumes", MetaTrees.filled(volumes(pod), pod.volumes().isEmpty()),
                "containers", List.of(container));
    }

    private static Map<String, Object> status(Pod pod, Map<String, Object> spec) {
        String phase = pod.phase().name().charAt(0) + pod.phase().toString().substring(1);
        List<Map<String, Object>> containers = new ArrayList<>();
        int restarts = pod.restarts();
        for (Map<String, Object> container : Tree.maps(spec, "containers")) {
            containers.add(Trees.of(
                    "name", container.getOrDefault("name", "main"), "ready", pod.ready(), "restartCount", restarts));
            restarts = 0;
        }
        List<Map<String, Object>> conditions = new ArrayList<>();
        conditions.add(condition("PodScheduled", pod.node().isPresent(), pod));
        if (pod.node().isPresent()) {
            conditions.add(condition("Ready", pod.ready(), pod));
        }
        return Trees.of(
                "phase",
                phase,
                "conditions",
                conditions,
                "containerStatuses",
                MetaTrees.filled(containers, pod.node().isEmpty()),
                "podIP",
                pod.address().orElse(null),
                "startTime",
                pod.node().isPresent() ? pod.createdAt().toString() : null);
    }

    private static Map<String, Object> condition(String type, boolean holds, Pod pod) {
        return Trees.of(
                "type",
                type,
                "status",
                holds ? "True" : "False",
                "lastTransitionTime",
                pod.createdAt().toString());
    }
}
