package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A volume that lives in one zone binds its pod to that zone. Source: domain 13 WL-09, EBS volumes are zonal. */
final class VolumeZones {

    private final ObjectStore objects;

    VolumeZones(ObjectStore objects) {
        this.objects = objects;
    }

    /** The volumes of a pod, as far as they are there. */
    List<Map<String, Object>> volumes(Candidate pod) {
        return Tree.maps(pod.spec(), "volumes").stream()
                .flatMap(v -> Tree.text(v, "persistentVolumeClaim", "claimName").stream())
                .flatMap(claim -> volume(pod.namespace(), claim).stream())
                .toList();
    }

    /** Whether all of those volumes are reached from a node. */
    static boolean allow(List<Map<String, Object>> volumes, Node node) {
        return volumes.isEmpty() || volumes.stream().allMatch(volume -> reachable(volume, node));
    }

    private Optional<Map<String, Object>> volume(String namespace, String claim) {
        return objects.get("PersistentVolumeClaim", namespace, claim)
                .flatMap(c -> Tree.text(c, "spec", "volumeName"))
                .flatMap(name -> objects.get("PersistentVolume", "", name));
    }

    private static boolean reachable(Map<String, Object> volume, Node node) {
        var terms = Tree.maps(volume, "spec", "nodeAffinity", "required", "nodeSelectorTerms");
        return terms.isEmpty() || terms.stream().anyMatch(term -> NodeAffinity.matches(term, node));
    }
}
