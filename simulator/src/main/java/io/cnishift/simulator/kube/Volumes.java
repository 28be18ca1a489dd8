package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectStore;
import java.util.List;
import java.util.Map;

/** From a pod to the volumes it claims and where they are attached. */
public final class Volumes {
    /** The driver whose volumes are attached to one node at a time. */
    public static final String EBS = "ebs.csi.aws.com";

    private Volumes() {}

    /** Names of the claims that a pod mounts. */
    public static List<String> claims(Map<String, Object> pod) {
        return Tree.maps(pod, "spec", "volumes").stream()
                .flatMap(v -> Tree.text(v, "persistentVolumeClaim", "claimName").stream())
                .toList();
    }

    /** Whether a PersistentVolume is an EBS volume. */
    public static boolean isEbs(Map<String, Object> volume) {
        return Tree.text(volume, "spec", "csi", "driver").filter(EBS::equals).isPresent();
    }

    /** The attachments of a volume. */
    public static List<Map<String, Object>> attachments(ObjectStore store, String volume) {
        return store.list("VolumeAttachment").stream()
                .filter(a -> Tree.text(a, "spec", "source", "persistentVolumeName")
                        .filter(volume::equals)
                        .isPresent())
                .toList();
    }

    /** Whether every EBS volume that the pod claims is attached to its node. A claim that is unknown stops nobody. */
    public static boolean ready(ObjectStore store, Map<String, Object> pod) {
        String node = Pods.node(pod).orElse("");
        return claims(pod).stream().allMatch(claim -> {
            var tree = store.get("PersistentVolumeClaim", Pods.key(pod).namespace(), claim);
            var volume = tree.flatMap(c -> Tree.text(c, "spec", "volumeName"));
            boolean ebs = volume.flatMap(v -> store.get("PersistentVolume", "", v))
                    .filter(Volumes::isEbs)
                    .isPresent();
            boolean unbound = tree.isPresent() && volume.isEmpty();
            return !unbound
                    && (!ebs
                            || attachments(store, volume.orElse("")).stream()
                                    .anyMatch(a -> node.equals(
                                            Tree.text(a, "spec", "nodeName").orElse(""))));
        });
    }
}
