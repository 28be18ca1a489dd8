package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Persistent volumes. */
final class VolumeProjection {
    private static final List<String> ZONE_KEYS = List.of(
            "topology.kubernetes.io/zone", "topology.ebs.csi.aws.com/zone", "failure-domain.beta.kubernetes.io/zone");

    private VolumeProjection() {}

    static Volume volume(Map<String, ?> tree, Optional<Map<String, Object>> attachment) {
        return new Volume(
                Meta.name(tree),
                Tree.text(tree, "spec", "csi", "driver").orElseGet(() -> inTree(tree)),
                Tree.text(tree, "spec", "csi", "volumeHandle")
                        .or(() -> Tree.text(tree, "spec", "awsElasticBlockStore", "volumeID"))
                        .orElse(""),
                bound(tree),
                zone(tree),
                Tree.texts(tree, "spec", "accessModes"),
                Tree.text(tree, "spec", "persistentVolumeReclaimPolicy").orElse("Retain"),
                attachment.flatMap(a -> Tree.text(a, "spec", "nodeName")));
    }

    /** One that is new, released, or made for a claim that is not there yet is bound to none, whatever it names. */
    private static Optional<String> bound(Map<String, ?> tree) {
        boolean bound =
                Tree.text(tree, "status", "phase").filter("Bound"::equals).isPresent();
        return Tree.text(tree, "spec", "claimRef", "name")
                .filter(n -> bound)
                .map(n -> Tree.text(tree, "spec", "claimRef", "namespace").orElse("") + "/" + n);
    }

    private static String inTree(Map<String, ?> tree) {
        return Tree.map(tree, "spec").containsKey("awsElasticBlockStore") ? "kubernetes.io/aws-ebs" : "";
    }

    private static Optional<String> zone(Map<String, ?> tree) {
        return Tree.maps(tree, "spec", "nodeAffinity", "required", "nodeSelectorTerms").stream()
                .flatMap(t -> Tree.maps(t, "matchExpressions").stream())
                .filter(e -> ZONE_KEYS.contains(Tree.text(e, "key").orElse("")))
                .flatMap(e -> Tree.texts(e, "values").stream())
                .findFirst();
    }
}
