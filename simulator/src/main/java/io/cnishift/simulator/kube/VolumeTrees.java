package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Volume;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A volume as its PersistentVolume, claim and attachment. */
public final class VolumeTrees {

    private VolumeTrees() {}

    static List<Map<String, Object>> trees(Volume volume, Instant created) {
        List<Map<String, Object>> trees = new ArrayList<>();
        trees.add(persistentVolume(volume, created));
        volume.claim().ifPresent(claim -> trees.add(claim(volume, claim, created)));
        volume.attachedTo().ifPresent(node -> trees.add(attachment(volume.name(), volume.driver(), node, created)));
        return trees;
    }

    private static Map<String, Object> persistentVolume(Volume volume, Instant created) {
        Map<String, Object> zoned = volume.zone()
                .map(zone -> Trees.of(
                        "required",
                        Trees.of(
                                "nodeSelectorTerms",
                                List.of(Trees.of(
                                        "matchExpressions",
                                        List.of(Trees.of(
                                                "key", "topology.kubernetes.io/zone",
                                                "operator", "In",
                                                "values", List.of(zone))))))))
                .orElse(Map.of());
        Map<String, Object> claim = volume.claim()
                .map(c -> Trees.of(
                        "kind", "PersistentVolumeClaim",
                        "namespace", c.substring(0, c.indexOf('/')),
                        "name", c.substring(c.indexOf('/') + 1)))
                .orElse(Map.of());
        Map<String, Object> tree =
                MetaTrees.object("v1", "PersistentVolume", new Identity("", volume.name(), "", "", created), Map.of());
        tree = Trees.with(
                tree,
                Trees.of(
                        "csi", Trees.of("driver", volume.driver(), "volumeHandle", volume.handle()),
                        "claimRef", MetaTrees.filled(claim, claim.isEmpty()),
                        "nodeAffinity", MetaTrees.filled(zoned, zoned.isEmpty()),
                        "accessModes", volume.accessModes(),
                        "persistentVolumeReclaimPolicy", volume.reclaimPolicy()),
                "spec");
        tree = Trees.with(tree, List.of("kubernetes.io/pv-protection"), "metadata", "finalizers");
        return Trees.with(tree, claim.isEmpty() ? "Available" : "Bound", "status", "phase");
    }

    private static Map<String, Object> claim(Volume volume, String claim, Instant created) {
        int slash = claim.indexOf('/');
        Map<String, Object> tree = MetaTrees.object(
                "v1",
                "PersistentVolumeClaim",
                new Identity(claim.substring(0, slash), claim.substring(slash + 1), "", "", created),
                Map.of());
        tree = Trees.with(tree, Trees.of("volumeName", volume.name(), "accessModes", volume.accessModes()), "spec");
        tree = Trees.with(tree, List.of("kubernetes.io/pvc-protection"), "metadata", "finalizers");
        return Trees.with(tree, "Bound", "status", "phase");
    }

    /** A new EBS volume of a claim, bound to it. */
    public static Map<String, Object> ebs(String name, Map<String, Object> claim, String zone) {
        Volume volume = new Volume(
                name,
                Volumes.EBS,
                "vol-" + Hashes.template(name),
                Optional.of(Pods.key(claim).nameInKind()),
                zone.isEmpty() ? Optional.empty() : Optional.of(zone),
                List.of("ReadWriteOnce"),
                "Delete",
                Optional.empty());
        Map<String, Object> tree =
                Trees.with(persistentVolume(volume, Instant.EPOCH), Pods.uid(claim), "spec", "claimRef", "uid");
        return Trees.without(Trees.without(tree, "metadata", "creationTimestamp"), "metadata", "resourceVersion");
    }

    /** The attachment of a volume to a node. */
    public static Map<String, Object> attachment(String volume, String driver, String node, Instant at) {
        Map<String, Object> tree = MetaTrees.object(
                "storage.k8s.io/v1",
                "VolumeAttachment",
                new Identity("", "csi-" + Hashes.template(List.of(volume, node)), "", "", at),
                Map.of());
        tree = Trees.with(
                tree,
                Trees.of(
                        "attacher", driver,
                        "nodeName", node,
                        "source", Trees.of("persistentVolumeName", volume)),
                "spec");
        return Trees.with(tree, true, "status", "attached");
    }
}
