package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Disks;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.VolumeTrees;
import io.cnishift.simulator.kube.Volumes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A claim gets its EBS volume in the zone of the node that its first pod is bound to; a volume is attached to one node at a
 * time, and let go by the old one only after the last pod there that uses it is gone. What EC2 refuses is tried again after a while that
 * doubles, up to five minutes.
 */
final class VolumeBinding implements Behaviour {
    private static final Duration PROVISION = Duration.ofSeconds(4);
    private static final Duration ATTACH = Duration.ofSeconds(5);
    private static final Duration DETACH = Duration.ofSeconds(8);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(5);

    @Override
    public String id() {
        return "volume-binding";
    }

    @Override
    public String source() {
        return "pkg/controller/volume/attachdetach; aws-ebs-csi-driver, WaitForFirstConsumer; external-attacher, retry-interval-start and -max";
    }

    @Override
    public void install(Kernel kernel) {
        PodTurn.listen(kernel.objects(), EnumSet.of(PodTurn.CAME, PodTurn.WENT, PodTurn.BOUND), (before, after) -> {
            if (after.isEmpty()) {
                before.ifPresent(p -> kernel.clock().after(DETACH, () -> release(kernel, p)));
            } else if (before.flatMap(Pods::node).isEmpty()
                    && after.flatMap(Pods::node).isPresent()
                    && !Volumes.claims(after.get()).isEmpty()) {
                kernel.clock().after(PROVISION, () -> attach(kernel, Pods.key(after.get())));
            }
        });
    }

    private static void attach(Kernel kernel, ObjectKey key) {
        ObjectStore store = kernel.objects();
        Optional<Map<String, Object>> pod = store.get(key).filter(p -> !Pods.finished(p));
        Optional<String> node = pod.flatMap(Pods::node);
        if (node.isEmpty()) {
            return;
        }
        for (String claim : Volumes.claims(pod.get())) {
            String volume = bound(kernel, key.namespace(), claim, node.get());
            List<Map<String, Object>> there = Volumes.attachments(kernel, volume);
            if (there.isEmpty()) {
                kernel.clock().after(ATTACH, () -> attached(kernel, volume, node.get(), FIRST_RETRY));
            }
        }
    }

    /** The volume of a claim, made in the zone of the node where the claim has none yet. */
    private static String bound(Kernel kernel, String namespace, String claim, String node) {
        ObjectStore store = kernel.objects();
        ObjectKey key = new ObjectKey("PersistentVolumeClaim", namespace, claim);
        Optional<String> bound = store.get(key).flatMap(c -> Tree.text(c, "spec", "volumeName"));
        if (bound.isPresent() || store.get(key).isEmpty()) {
            return bound.orElse("");
        }
        String zone = store.get("Node", "", node)
                .flatMap(n -> Tree.text(n, "metadata", "labels", "topology.kubernetes.io/zone"))
                .orElse("");
        String name = "pvc-" + Pods.uid(store.get(key).orElseThrow());
        Map<String, Object> volume = VolumeTrees.ebs(name, store.get(key).orElseThrow(), zone);
        Disks.of(kernel).made(Volumes.handle(volume), zone);
        store.create(volume, "ebs.csi.aws.com");
        store.update(key.kind(), namespace, claim, "ebs.csi.aws.com", c -> Trees.with(c, name, "spec", "volumeName"));
        store.status(key, "ebs.csi.aws.com", s -> Trees.with(s, "Bound", "phase"));
        return name;
    }

    private static void attached(Kernel kernel, String volume, String node, Duration retry) {
        ObjectStore store = kernel.objects();
        Optional<Map<String, Object>> tree =
                store.get("PersistentVolume", "", volume).filter(Volumes::isEbs);
        List<Map<String, Object>> there = Volumes.attachments(kernel, volume);
        boolean tried = there.stream().anyMatch(a -> !Volumes.attached(a) && isOn(a, node));
        boolean wanted = tried || (there.isEmpty() && retry.equals(FIRST_RETRY));
        if (tree.isEmpty() || !wanted) {
            return;
        }
        Optional<String> refusal = Disks.of(kernel).refusal(kernel, Volumes.handle(tree.get()), node);
        Map<String, Object> attachment = Trees.with(
                VolumeTrees.attachment(volume, Volumes.EBS, node, kernel.clock().now()), status(refusal), "status");
        if (tried) {
            store.status(Pods.key(attachment), Controller.MANAGER, s -> status(refusal));
        } else {
            store.create(Trees.without(attachment, "metadata", "creationTimestamp"), Controller.MANAGER);
        }
        if (refusal.isPresent()) {
            Duration next = retry.multipliedBy(2);
            kernel.clock()
                    .after(
                            retry,
                            () -> attached(kernel, volume, node, next.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : next));
        }
    }

    private static Map<String, Object> status(Optional<String> refusal) {
        return refusal.map(why -> Trees.of(
                        "attached", false, "attachError", Trees.of("message", "AttachVolume.Attach failed: " + why)))
                .orElse(Trees.of("attached", true));
    }

    private static boolean isOn(Map<String, Object> attachment, String node) {
        return Tree.text(attachment, "spec", "nodeName").filter(node::equals).isPresent();
    }

    /** Detaches what no pod on the node uses any more, and attaches it where another pod waits for it. */
    private static void release(Kernel kernel, Map<String, Object> gone) {
        ObjectStore store = kernel.objects();
        String namespace = Pods.key(gone).namespace();
        for (String claim : Volumes.claims(gone)) {
            String volume = store.get("PersistentVolumeClaim", namespace, claim)
                    .flatMap(c -> Tree.text(c, "spec", "volumeName"))
                    .orElse("");
            for (Map<String, Object> attachment : Volumes.attachments(kernel, volume)) {
                String node = Tree.text(attachment, "spec", "nodeName").orElse("");
                boolean used = PodIndexes.of(kernel).on(node).stream()
                        .anyMatch(p -> Pods.key(p).namespace().equals(namespace)
                                && Volumes.claims(p).contains(claim)
                                && !Pods.finished(p));
                if (!used) {
                    store.remove("VolumeAttachment", "", Pods.key(attachment).name());
                }
            }
            Volumes.claiming(kernel, namespace, claim).stream()
                    .filter(p -> Pods.node(p).isPresent())
                    .forEach(p -> attach(kernel, Pods.key(p)));
        }
    }
}
