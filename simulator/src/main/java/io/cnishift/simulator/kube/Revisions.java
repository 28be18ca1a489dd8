package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Workload;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ReplicaSets and ControllerRevisions behind a workload, from the pods that belong to them: the one that holds as many
 * pods as are updated has the template that the workload has now, every other one an older template that nobody knows.
 */
public final class Revisions {
    public static final String POD_HASH = "pod-template-hash";
    public static final String REVISION_HASH = "controller-revision-hash";
    public static final String NUMBER = "deployment.kubernetes.io/revision";
    private static final String OLDER = "cnishift.io/older-template";

    private final Instant created;

    Revisions(Instant created) {
        this.created = created;
    }

    List<Map<String, Object>> of(Workload workload, List<Pod> pods) {
        return switch (workload.kind()) {
            case "Deployment" -> replicaSets(workload, pods);
            case "DaemonSet", "StatefulSet" -> controllerRevisions(workload, pods);
            default -> List.of();
        };
    }

    private List<Map<String, Object>> replicaSets(Workload workload, List<Pod> pods) {
        Map<Pod.OwnerRef, List<Pod>> sets = new LinkedHashMap<>();
        for (Pod pod : pods) {
            sets.computeIfAbsent(pod.controller().orElseThrow(), o -> new ArrayList<>())
                    .add(pod);
        }
        Optional<Pod.OwnerRef> current = current(sets, workload.updated());
        List<Map<String, Object>> trees = new ArrayList<>();
        int revision = 1;
        for (Map.Entry<Pod.OwnerRef, List<Pod>> set : sets.entrySet()) {
            boolean now = current.equals(Optional.of(set.getKey()));
            trees.add(replicaSet(workload, set.getKey(), set.getValue(), now ? sets.size() : revision++, now));
        }
        return trees;
    }

    private static <K> Optional<K> current(Map<K, List<Pod>> groups, int updated) {
        Comparator<Map.Entry<K, List<Pod>>> byFit =
                Comparator.comparingInt(e -> Math.abs(e.getValue().size() - updated));
        return groups.entrySet().stream()
                .min(byFit.thenComparing(e -> newest(e.getValue()), Comparator.reverseOrder()))
                .map(Map.Entry::getKey);
    }

    private static Instant newest(List<Pod> pods) {
        return pods.stream().map(Pod::createdAt).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    private Map<String, Object> replicaSet(
            Workload workload, Pod.OwnerRef owner, List<Pod> pods, int revision, boolean now) {
        String hash = pods.get(0).labels().getOrDefault(POD_HASH, "");
        Map<String, String> labels = new LinkedHashMap<>(workload.templateLabels());
        labels.put(POD_HASH, hash);
        Map<String, Object> template = WorkloadTrees.template(workload);
        template = Trees.with(template, Trees.canonical(labels), "metadata", "labels");
        if (!now) {
            template = Trees.with(template, hash, "metadata", "annotations", OLDER);
        }
        long live = pods.stream().filter(p -> !p.terminating() && !p.finished()).count();
        long ready = pods.stream().filter(p -> !p.terminating() && p.ready()).count();
        Map<String, Object> tree = MetaTrees.object(
                "apps/v1",
                "ReplicaSet",
                new Identity(workload.namespace(), owner.name(), owner.uid(), "", created),
                labels);
        tree = Trees.with(tree, 1, "metadata", "generation");
        tree = Trees.with(tree, String.valueOf(revision), "metadata", "annotations", NUMBER);
        Pod.OwnerRef deployment = new Pod.OwnerRef("Deployment", workload.name(), workload.uid());
        tree = Trees.with(tree, List.of(PodTrees.reference(deployment)), "metadata", "ownerReferences");
        Map<String, Object> selector = Trees.with(Trees.canonical(workload.selector()), hash, "matchLabels", POD_HASH);
        tree = Trees.with(tree, Trees.of("replicas", live, "selector", selector, "template", template), "spec");
        return Trees.with(
                tree,
                Trees.of(
                        "observedGeneration", 1,
                        "replicas", live,
                        "readyReplicas", ready,
                        "availableReplicas", ready),
                "status");
    }

    private List<Map<String, Object>> controllerRevisions(Workload workload, List<Pod> pods) {
        Map<String, List<Pod>> byHash = new LinkedHashMap<>();
        pods.forEach(p -> byHash.computeIfAbsent(p.labels().getOrDefault(REVISION_HASH, ""), h -> new ArrayList<>())
                .add(p));
        Optional<String> current = current(byHash, workload.updated());
        List<Map<String, Object>> trees = new ArrayList<>();
        int revision = 1;
        for (String hash : byHash.keySet()) {
            boolean now = current.equals(Optional.of(hash));
            Map<String, Object> template = WorkloadTrees.template(workload);
            trees.add(revision(
                    new Pod.OwnerRef(workload.kind(), workload.name(), workload.uid()),
                    workload.namespace(),
                    hash,
                    now ? template : Trees.with(template, hash, "metadata", "annotations", OLDER),
                    now ? byHash.size() : revision++));
        }
        return trees;
    }

    /** A ControllerRevision: the hash that pods carry, and the template that it stands for. */
    public static Map<String, Object> revision(
            Pod.OwnerRef owner, String namespace, String hash, Map<String, Object> template, int number) {
        String suffix = hash.startsWith(owner.name() + "-")
                ? hash.substring(owner.name().length() + 1)
                : hash;
        Map<String, Object> tree = MetaTrees.object(
                "apps/v1",
                "ControllerRevision",
                new Identity(
                        namespace,
                        owner.name() + "-" + (suffix.isEmpty() ? "unmarked" : suffix),
                        "",
                        "",
                        Instant.EPOCH),
                Map.of(REVISION_HASH, hash));
        tree = Trees.with(tree, List.of(PodTrees.reference(owner)), "metadata", "ownerReferences");
        tree = Trees.with(tree, number, "revision");
        return Trees.with(tree, template, "data", "template");
    }
}
