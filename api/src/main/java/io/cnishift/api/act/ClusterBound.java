package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of an object belongs to its cluster or was written by its API server, and is therefore refused or wrong elsewhere: identity,
 * status, owners (they are named by UID), addresses and node ports of Services, the volume that a claim is bound to and which claim of that
 * name a volume is bound to.
 */
public final class ClusterBound {

    private static final Set<String> METADATA = Set.of(
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "managedFields",
            "selfLink",
            "ownerReferences",
            "finalizers",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generateName");

    /** Annotations that controllers of the old cluster left, and names of load balancers, of which there can be one only. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            "deployment.kubernetes.io/revision",
            "deprecated.daemonset.template.generation",
            "pv.kubernetes.io/bind-completed",
            "pv.kubernetes.io/bound-by-controller",
            "volume.kubernetes.io/selected-node",
            "volume.beta.kubernetes.io/storage-provisioner",
            "volume.kubernetes.io/storage-provisioner",
            "alb.ingress.kubernetes.io/load-balancer-name",
            "service.beta.kubernetes.io/aws-load-balancer-name");

    private static final Set<String> SERVICE =
            Set.of("clusterIP", "clusterIPs", "healthCheckNodePort", "ipFamilies", "ipFamilyPolicy");

    private ClusterBound() {}

    /** The object without it, fit to be created in another cluster. */
    public static Map<String, Object> without(Map<String, Object> object) {
        Map<String, Object> copy = Tree.mutable(object);
        copy.remove("status");
        copy.put("metadata", metadata(Tree.map(object, "metadata")));
        switch (Tree.text(object, "kind").orElse("")) {
            case "Service" -> copy.put("spec", service(Tree.map(object, "spec")));
            case "ServiceAccount" -> copy.remove("secrets");
            case "PersistentVolumeClaim" -> copy.put("spec", lacking(Tree.map(object, "spec"), Set.of("volumeName")));
            case "PersistentVolume" -> copy.put("spec", volume(Tree.map(object, "spec")));
            case "Namespace" -> copy.remove("spec");
            default -> {
                // nothing else in it is bound to a cluster
            }
        }
        return Tree.copy(copy);
    }

    private static Map<String, Object> metadata(Map<String, Object> metadata) {
        Map<String, Object> kept = lacking(metadata, METADATA);
        Map<String, Object> annotations = lacking(Tree.map(metadata, "annotations"), ANNOTATIONS);
        if (annotations.isEmpty()) {
            kept.remove("annotations");
        } else {
            kept.put("annotations", annotations);
        }
        return kept;
    }

    /** Still meant for the claim of that name; one whose claim has another UID would be released, and bound to nobody. */
    private static Map<String, Object> volume(Map<String, Object> spec) {
        Map<String, Object> kept = new LinkedHashMap<>(spec);
        Map<String, Object> claim = Tree.map(spec, "claimRef");
        if (!claim.isEmpty()) {
            kept.put("claimRef", lacking(claim, Set.of("uid", "resourceVersion")));
        }
        return kept;
    }

    private static Map<String, Object> service(Map<String, Object> spec) {
        boolean headless = Tree.text(spec, "clusterIP").filter("None"::equals).isPresent();
        Map<String, Object> kept = lacking(spec, SERVICE);
        if (headless) {
            kept.put("clusterIP", "None");
        }
        List<Map<String, Object>> ports = new ArrayList<>();
        Tree.maps(spec, "ports").forEach(port -> ports.add(lacking(port, Set.of("nodePort"))));
        if (!ports.isEmpty()) {
            kept.put("ports", ports);
        }
        return kept;
    }

    private static Map<String, Object> lacking(Map<String, Object> map, Set<String> keys) {
        Map<String, Object> kept = new LinkedHashMap<>(map);
        kept.keySet().removeAll(keys);
        return kept;
    }
}
