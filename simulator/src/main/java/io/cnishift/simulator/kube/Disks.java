package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Volume;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The EBS volumes behind PersistentVolumes. They belong to the account and not to a cluster: two clusters may each have an object for
 * the same one, and EC2 attaches it to one instance all the same, in its own zone.
 */
public final class Disks {

    private final List<Kernel> clusters = new ArrayList<>();
    private final Map<String, String> zones = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();

    private Disks() {}

    /** The volumes of that world's account. */
    public static Disks of(Kernel kernel) {
        return kernel.shared(Disks.class, k -> new Disks().joined(k));
    }

    /** Lets a second world have the volumes of the first one's account. Before anything else asks for them. */
    public static void share(Kernel first, Kernel second) {
        second.shared(Disks.class, of(first)::joined);
    }

    private Disks joined(Kernel kernel) {
        clusters.add(kernel);
        for (Volume volume : kernel.snapshot().volumes()) {
            volume.zone().ifPresent(zone -> zones.put(volume.handle(), zone));
        }
        return this;
    }

    /** A volume was made in that zone. */
    public void made(String handle, String zone) {
        zones.put(handle, zone);
    }

    /** A volume was deleted, with what was on it. */
    public void delete(String handle) {
        deleted.add(handle);
    }

    /** Why EC2 does not attach a volume to that node; empty when it does. */
    public Optional<String> refusal(Kernel kernel, String handle, String node) {
        if (deleted.contains(handle)) {
            return Optional.of("InvalidVolume.NotFound: The volume '" + handle + "' does not exist");
        }
        String zone = kernel.objects()
                .get("Node", "", node)
                .flatMap(n -> Tree.text(n, "metadata", "labels", "topology.kubernetes.io/zone"))
                .orElse("");
        if (!zone.isEmpty() && !zones.getOrDefault(handle, zone).equals(zone)) {
            return Optional.of("InvalidVolume.ZoneMismatch: The volume '" + handle
                    + "' is not in the same availability zone as instance of " + node);
        }
        return clusters.stream().anyMatch(c -> c != kernel && holds(c.objects(), handle))
                ? Optional.of("VolumeInUse: " + handle + " is already attached to an instance")
                : Optional.empty();
    }

    private static boolean holds(ObjectStore store, String handle) {
        return store.list("VolumeAttachment").stream()
                .filter(Volumes::attached)
                .flatMap(a -> Tree.text(a, "spec", "source", "persistentVolumeName").stream())
                .flatMap(name -> store.get("PersistentVolume", "", name).stream())
                .anyMatch(volume -> Volumes.handle(volume).equals(handle));
    }
}
