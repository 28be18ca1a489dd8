package io.cnishift.simulator.kube.kubelet;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kubelets of all nodes: each pod bound to a node is started there, and ended when its deletion has begun. A node without
 * power does neither.
 */
public final class Kubelets implements Behaviour {
    private final Map<String, PodWorker> workers = new HashMap<>();
    private final Set<PodWorker> waitingForVolumes = new LinkedHashSet<>();

    @Override
    public String id() {
        return "kubelet";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, Pod Lifecycle; pkg/kubelet (pod_workers.go, kuberuntime)";
    }

    /** The behaviours of nodes, in the order of installation, for one world. */
    public static List<Behaviour> all() {
        return List.of(new Kubelets(), new NodeHeartbeat());
    }

    @Override
    public void install(Kernel kernel) {
        Runtimes runtimes = new Runtimes(kernel);
        for (Map<String, Object> pod : List.copyOf(kernel.objects().list("Pod"))) {
            if (Pods.node(pod).isPresent()) {
                found(kernel, runtimes, pod);
            }
        }
        Set<PodTurn> turns = EnumSet.of(PodTurn.CAME, PodTurn.WENT, PodTurn.BOUND, PodTurn.PHASE, PodTurn.TERMINATING);
        PodTurn.listen(kernel.objects(), turns, (before, after) -> changed(kernel, runtimes, before, after));
        kernel.objects()
                .listen(
                        "VolumeAttachment",
                        (before, after) -> List.copyOf(waitingForVolumes).forEach(PodWorker::start));
    }

    private void found(Kernel kernel, Runtimes runtimes, Map<String, Object> pod) {
        if (Pods.finished(pod)) {
            return;
        }
        PodWorker worker = new PodWorker(kernel, runtimes, waitingForVolumes, pod);
        workers.put(Pods.uid(pod), worker);
        runtimes.imagesOf(pod);
        if (Pods.terminating(pod)) {
            worker.adopt(pod);
            worker.end(pod);
        } else if (Pods.phase(pod).equals("Running")) {
            worker.adopt(pod);
        } else {
            worker.start();
        }
    }

    private void changed(
            Kernel kernel,
            Runtimes runtimes,
            Optional<Map<String, Object>> before,
            Optional<Map<String, Object>> after) {
        if (after.isEmpty()) {
            before.map(Pods::uid).map(workers::remove).ifPresent(PodWorker::gone);
            return;
        }
        Map<String, Object> pod = after.get();
        String uid = Pods.uid(pod);
        if (Pods.node(pod).isPresent() && !workers.containsKey(uid) && !Pods.finished(pod)) {
            PodWorker worker = new PodWorker(kernel, runtimes, waitingForVolumes, pod);
            workers.put(uid, worker);
            worker.start();
        }
        PodWorker worker = workers.get(uid);
        if (worker != null
                && Pods.terminating(pod)
                && before.filter(Pods::terminating).isEmpty()) {
            worker.end(pod);
        }
    }
}
