package io.cnishift.simulator.kube.control;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;

/** Pods of a node that does not exist any more are removed without waiting for anybody, some time later. */
final class PodGarbage implements Behaviour {
    /** The collector looks every 20 seconds and waits 40 more before it believes that a node is gone. */
    private static final Duration DELAY = Duration.ofSeconds(60);

    @Override
    public String id() {
        return "pod-garbage";
    }

    @Override
    public String source() {
        return "pkg/controller/podgc/gc_controller.go";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.objects().listen("Node", (before, after) -> {
            if (after.isEmpty()) {
                String node = before.map(n -> Pods.key(n).name()).orElse("");
                kernel.clock().after(DELAY, () -> collect(kernel, node));
            }
        });
    }

    private static void collect(Kernel kernel, String node) {
        ObjectStore store = kernel.objects();
        if (store.get("Node", "", node).isPresent()) {
            return;
        }
        PodIndexes.of(kernel)
                .on(node)
                .forEach(p ->
                        store.remove("Pod", Pods.key(p).namespace(), Pods.key(p).name()));
    }
}
