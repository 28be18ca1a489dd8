package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
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
        return Tree.known(Tree.map(pod, "spec"), Claims.class, Claims::of).names();
    }

    /** What a pod spec mounts, read once. */
    private record Claims(List<String> names) {
        private static Claims of(Map<String, Object> spec) {
            return new Claims(Tree.maps(spec, "volumes").stream()
                    .flatMap(v -> Tree.text(v, "persistentVolumeClaim", "claimName").stream())
                    .toList());
        }
    }

    /** Whether a PersistentVolume is an EBS volume. */
    public static boolean isEbs(Map<String, Object> volume) {
        return Tree.text(volume, "spec", "csi", "driver").filter(EBS::equals).isPresent();
    }

    /** The attachments of a volume. */
    public static List<Map<String, Object>> attachments(Kernel kernel, String volume) {
        return List.copyOf(Indexes.of(kernel).attachments.of(volume));
    }

    /** The pods of a namespace that mount a claim; a copy. */
    public static List<Map<String, Object>> claiming(Kernel kernel, String namespace, String claim) {
        return List.copyOf(Indexes.of(kernel).claiming.of(namespace + "/" + claim));
    }

    /** Whether every EBS volume that the pod claims is attached to its node. A claim that is unknown stops nobody. */
    public static boolean ready(Kernel kernel, Map<String, Object> pod) {
        ObjectStore store = kernel.objects();
        String node = Pods.node(pod).orElse("");
        return claims(pod).stream().allMatch(claim -> {
            var tree = store.get("PersistentVolumeClaim", Pods.key(pod).namespace(), claim);
            var volume = tree.flatMap(c -> Tree.text(c, "spec", "volumeName"));
            boolean ebs = volume.flatMap(v -> store.get("PersistentVolume", "", v))
                    .filter(Volumes::isEbs)
                    .isPresent();
            boolean unbound = tree.isPresent() && tree.filter(Volumes::bound).isEmpty();
            return !unbound
                    && (!ebs
                            || attachments(kernel, volume.orElse("")).stream()
                                    .anyMatch(a -> attached(a)
                                            && node.equals(Tree.text(a, "spec", "nodeName")
                                                    .orElse(""))));
        });
    }

    /** Whether a claim has got its volume; one that only names it has not. */
    public static boolean bound(Map<String, Object> claim) {
        return Tree.text(claim, "status", "phase").filter("Bound"::equals).isPresent();
    }

    /** Whether an attachment has come about. */
    public static boolean attached(Map<String, Object> attachment) {
        return Tree.flag(attachment, "status", "attached");
    }

    /** What the driver knows a volume by. */
    public static String handle(Map<String, Object> volume) {
        return Tree.text(volume, "spec", "csi", "volumeHandle").orElse("");
    }

    /** Attachments by volume, and pods by the claims that they mount. */
    private static final class Indexes {
        private final ObjectIndex attachments;
        private final ObjectIndex claiming;

        private Indexes(Kernel kernel) {
            attachments = kernel.objects()
                    .index(
                            "VolumeAttachment",
                            a -> Tree.text(a, "spec", "source", "persistentVolumeName")
                                    .map(List::of)
                                    .orElse(List.of()));
            claiming = kernel.objects()
                    .index(
                            "Pod",
                            p -> claims(p).isEmpty()
                                    ? List.of()
                                    : claims(p).stream()
                                            .map(c -> Pods.key(p).namespace() + "/" + c)
                                            .toList());
        }

        private static Indexes of(Kernel kernel) {
            return kernel.shared(Indexes.class, Indexes::new);
        }
    }
}
