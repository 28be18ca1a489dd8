package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What EKS puts into the cluster for each managed add-on, as it stood when the world began or at the last update: the objects
 * that EKS writes, and which of their fields it holds on to.
 */
final class AddonSoftware {

    private static final Map<String, List<ObjectKey>> BESIDES_WORKLOADS = Map.of(
            "vpc-cni", List.of(new ObjectKey("ConfigMap", "kube-system", "amazon-vpc-cni")),
            "kube-proxy", List.of(new ObjectKey("ConfigMap", "kube-system", "kube-proxy-config")),
            "coredns",
                    List.of(
                            new ObjectKey("ConfigMap", "kube-system", "coredns"),
                            new ObjectKey("Service", "kube-system", "kube-dns")));

    private final Map<String, List<Map<String, Object>>> objects = new HashMap<>();
    private final Map<ObjectKey, List<OwnedPath>> owned = new HashMap<>();

    private AddonSoftware(Kernel kernel) {
        for (Workload workload : kernel.snapshot().workloads()) {
            Owner owner = workload.owner();
            if (owner.kind() == Owner.Kind.EKS_ADDON) {
                ObjectKey key = new ObjectKey(workload.kind(), workload.namespace(), workload.name());
                add(kernel, owner.name(), key);
                owned.put(
                        key, workload.eksFields().stream().map(OwnedPath::parse).toList());
            }
        }
        BESIDES_WORKLOADS.forEach((addon, keys) -> keys.forEach(k -> add(kernel, addon, k)));
    }

    static AddonSoftware of(Kernel kernel) {
        return kernel.shared(AddonSoftware.class, AddonSoftware::new);
    }

    /** Lets a second world have the software of the add-ons of the first one. */
    static void share(Kernel first, Kernel second) {
        AddonSoftware own = of(second);
        AddonSoftware others = of(first);
        others.objects.forEach((addon, theirs) -> own.objects.putIfAbsent(addon, new ArrayList<>(theirs)));
        others.owned.forEach(own.owned::putIfAbsent);
    }

    /** The objects of an add-on as they can be created; none when this world never saw it. */
    List<Map<String, Object>> objects(String addon) {
        return objects.getOrDefault(addon, List.of());
    }

    /** From now on its objects are these. */
    void replace(String addon, UnaryOperator<Map<String, Object>> rendering) {
        objects.computeIfPresent(
                addon, (name, old) -> old.stream().map(rendering).collect(Collectors.toList()));
    }

    /** The fields of an object that EKS writes again when somebody changes them. */
    List<OwnedPath> owned(ObjectKey key) {
        return owned.getOrDefault(key, List.of());
    }

    /** The DaemonSet or Deployment of an add-on. */
    Optional<ObjectKey> workload(String addon) {
        return objects(addon).stream()
                .map(ObjectKey::of)
                .filter(k -> k.kind().equals("DaemonSet") || k.kind().equals("Deployment"))
                .findFirst();
    }

    private void add(Kernel kernel, String addon, ObjectKey key) {
        kernel.objects()
                .get(key)
                .ifPresent(o ->
                        objects.computeIfAbsent(addon, a -> new ArrayList<>()).add(bare(o)));
    }

    /** An object without what the server writes. */
    private static Map<String, Object> bare(Map<String, Object> object) {
        Map<String, Object> metadata = Tree.map(object, "metadata");
        return Trees.without(
                Trees.with(
                        object,
                        Trees.of(
                                "name",
                                metadata.get("name"),
                                "namespace",
                                metadata.get("namespace"),
                                "labels",
                                metadata.get("labels"),
                                "annotations",
                                metadata.get("annotations")),
                        "metadata"),
                "status");
    }
}
