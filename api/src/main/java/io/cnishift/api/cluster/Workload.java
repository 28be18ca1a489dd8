package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A Deployment, StatefulSet, DaemonSet, Job, CronJob, or a ReplicaSet that no Deployment owns.
 *
 * @param desired replicas wanted; of a DaemonSet, nodes that should run it
 * @param updateStrategy RollingUpdate, Recreate or OnDelete
 * @param maxSurge as written, number or percentage
 * @param podSpec the pod template's spec as a tree, without the values of environment variables that are not cnishift's business
 * @param claimTemplates names of volume claim templates
 * @param scalingDropsClaims whether the claims of pods that scaling down ends are deleted with them; only a StatefulSet may say so
 * @param eksFields paths that field manager eks owns
 * @param heldFields of an object that field manager eks applies, paths in the pod template's spec that others own; an update of its
 *     EKS add-on leaves these as they are
 */
public record Workload(
        String kind,
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        long generation,
        long observedGeneration,
        int desired,
        int ready,
        int updated,
        int available,
        String updateStrategy,
        Optional<String> maxSurge,
        Optional<String> maxUnavailable,
        boolean paused,
        Map<String, Object> selector,
        Map<String, String> labels,
        Map<String, String> templateLabels,
        Map<String, String> templateAnnotations,
        Map<String, Object> podSpec,
        List<String> claimTemplates,
        boolean scalingDropsClaims,
        List<String> eksFields,
        List<String> heldFields,
        Owner owner)
        implements Resource {

    public Workload {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        selector = Tree.copy(selector);
        labels = Map.copyOf(labels);
        templateLabels = Map.copyOf(templateLabels);
        templateAnnotations = Map.copyOf(templateAnnotations);
        podSpec = Tree.copy(podSpec);
        claimTemplates = List.copyOf(claimTemplates);
        eksFields = List.copyOf(eksFields);
        heldFields = List.copyOf(heldFields);
    }

    @Override
    public Part part() {
        return Part.WORKLOADS;
    }

    @Override
    public String key() {
        return kind + "/" + namespace + "/" + name;
    }

    /** Whether every pod it wants is updated and available, and the controller has seen the last change. */
    public boolean settled() {
        return observedGeneration >= generation && updated >= desired && available >= desired;
    }

    /** Whether its pods use the host's network. */
    public boolean hostNetwork() {
        return Boolean.TRUE.equals(podSpec.get("hostNetwork"));
    }
}
