package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Admission;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Disks;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Volumes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A claim stays while a pod mounts it, a volume while a claim is bound to it. When a claim has gone, its volume is released, or deleted with
 * what is on it, as its reclaim policy says. That data is lost is an incident ({@code SIM-DATA-LOST}).
 */
final class VolumeReclaim implements Behaviour {
    private static final Map<String, String> PROTECTION = Map.of(
            "PersistentVolumeClaim", "kubernetes.io/pvc-protection",
            "PersistentVolume", "kubernetes.io/pv-protection");
    private static final Duration LAG = Duration.ofSeconds(1);

    @Override
    public String id() {
        return "volume-reclaim";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, Persistent Volumes: Storage Object in Use Protection, Reclaiming";
    }

    @Override
    public void install(Kernel kernel) {
        ObjectStore store = kernel.objects();
        kernel.admit(VolumeReclaim::guarded);
        PROTECTION
                .keySet()
                .forEach(kind -> store.listen(
                        kind,
                        (before, after) -> after.filter(Pods::terminating)
                                .ifPresent(o -> kernel.clock().after(LAG, () -> let(kernel, Pods.key(o))))));
        store.listen("Pod", (before, after) -> {
            if (after.isEmpty()) {
                before.ifPresent(p -> Volumes.claims(p)
                        .forEach(claim -> kernel.clock()
                                .after(
                                        LAG,
                                        () -> let(
                                                kernel,
                                                new ObjectKey(
                                                        "PersistentVolumeClaim",
                                                        Pods.key(p).namespace(),
                                                        claim)))));
            }
        });
        store.listen("PersistentVolumeClaim", (before, after) -> {
            if (after.isEmpty()) {
                before.ifPresent(c -> kernel.clock().after(LAG, () -> claimGone(kernel, c)));
            }
        });
    }

    private static Map<String, Object> guarded(Admission.Request request) {
        String finalizer = PROTECTION.get(request.kind());
        boolean made = finalizer != null
                && request.operation() == Admission.Operation.CREATE
                && request.subresource().isEmpty();
        return made ? Trees.with(request.object(), List.of(finalizer), "metadata", "finalizers") : request.object();
    }

    /** Lets an object go that is being deleted and that nobody uses any more. */
    private static void let(Kernel kernel, ObjectKey key) {
        ObjectStore store = kernel.objects();
        Optional<Map<String, Object>> object = store.get(key).filter(Pods::terminating);
        boolean used = key.kind().equals("PersistentVolume")
                ? object.flatMap(o -> Tree.text(o, "status", "phase"))
                        .filter("Bound"::equals)
                        .isPresent()
                : Volumes.claiming(kernel, key.namespace(), key.name()).stream().anyMatch(p -> !Pods.finished(p));
        if (object.isPresent() && !used) {
            store.update(
                    key.kind(),
                    key.namespace(),
                    key.name(),
                    Controller.MANAGER,
                    o -> Trees.without(o, "metadata", "finalizers"));
        }
    }

    private static void claimGone(Kernel kernel, Map<String, Object> claim) {
        ObjectStore store = kernel.objects();
        String name = Tree.text(claim, "spec", "volumeName").orElse("");
        Optional<Map<String, Object>> volume = store.get("PersistentVolume", "", name)
                .filter(v -> Tree.text(v, "spec", "claimRef", "uid")
                        .filter(Pods.uid(claim)::equals)
                        .isPresent());
        if (volume.isEmpty()) {
            return;
        }
        ObjectKey key = Pods.key(volume.get());
        store.status(key, Controller.MANAGER, s -> Trees.with(s, "Released", "phase"));
        boolean deletes = Tree.text(volume.get(), "spec", "persistentVolumeReclaimPolicy")
                .filter("Delete"::equals)
                .isPresent();
        if (deletes) {
            kernel.incidents()
                    .report(
                            "SIM-DATA-LOST",
                            "PersistentVolume " + name,
                            Volumes.handle(volume.get()) + " was deleted with what was on it: its claim "
                                    + Pods.key(claim).nameInKind()
                                    + " was deleted, and its reclaim policy is Delete");
            Disks.of(kernel).delete(Volumes.handle(volume.get()));
            store.delete(key.kind(), "", name, Optional.empty());
        } else if (Pods.terminating(volume.get())) {
            let(kernel, key);
        }
    }
}
