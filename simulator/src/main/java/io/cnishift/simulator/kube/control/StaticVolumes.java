package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A volume that somebody made by hand and a claim that names it find each other: where the volume names that claim, and no UID or its
 * UID. One that names the UID of a claim which is not there is released, and nobody gets it until that is taken out.
 */
final class StaticVolumes implements Behaviour {
    private static final Duration LAG = Duration.ofSeconds(1);

    @Override
    public String id() {
        return "static-volumes";
    }

    @Override
    public String source() {
        return "pkg/controller/volume/persistentvolume/pv_controller.go, syncVolume and syncClaim";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.objects().listen("PersistentVolume", (before, after) -> {
            boolean other = !before.map(StaticVolumes::wanted).equals(after.map(StaticVolumes::wanted));
            if (other) {
                after.ifPresent(v -> kernel.clock().after(LAG, () -> volume(kernel, Pods.key(v))));
            }
        });
        kernel.objects().listen("PersistentVolumeClaim", (before, after) -> {
            Optional<String> named = after.flatMap(c -> Tree.text(c, "spec", "volumeName"));
            if (before.isEmpty() && named.isPresent()) {
                ObjectKey volume = new ObjectKey("PersistentVolume", "", named.get());
                kernel.clock().after(LAG, () -> volume(kernel, volume));
            }
        });
    }

    private static void volume(Kernel kernel, ObjectKey key) {
        ObjectStore store = kernel.objects();
        Optional<Map<String, Object>> volume =
                store.get(key).filter(v -> !Pods.terminating(v)).filter(v -> !phase(v, "Bound"));
        if (volume.isEmpty()) {
            return;
        }
        Map<String, Object> wanted = wanted(volume.get());
        Optional<Map<String, Object>> claim = store.get(
                        "PersistentVolumeClaim",
                        Tree.text(wanted, "namespace").orElse(""),
                        Tree.text(wanted, "name").orElse(""))
                .filter(c -> Tree.text(c, "spec", "volumeName")
                        .filter(key.name()::equals)
                        .isPresent());
        Optional<String> uid = Tree.text(wanted, "uid");
        boolean theirs = claim.isPresent()
                && uid.map(u -> u.equals(Pods.uid(claim.get()))).orElse(true);
        if (theirs) {
            bind(store, key, claim.get());
        } else {
            store.status(
                    key, Controller.MANAGER, s -> Trees.with(s, uid.isPresent() ? "Released" : "Available", "phase"));
        }
    }

    private static Map<String, Object> wanted(Map<String, Object> volume) {
        return Tree.map(volume, "spec", "claimRef");
    }

    private static void bind(ObjectStore store, ObjectKey volume, Map<String, Object> claim) {
        store.update(
                volume.kind(),
                "",
                volume.name(),
                Controller.MANAGER,
                v -> Trees.with(v, Pods.uid(claim), "spec", "claimRef", "uid"));
        store.status(volume, Controller.MANAGER, s -> Trees.with(s, "Bound", "phase"));
        store.status(Pods.key(claim), Controller.MANAGER, s -> Trees.with(s, "Bound", "phase"));
    }

    private static boolean phase(Map<String, Object> object, String phase) {
        return Tree.text(object, "status", "phase").filter(phase::equals).isPresent();
    }
}
