package io.cnishift.simulator.cni;

import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Tells when pods begin to run and when they end: a pod that is asked to end counts as ended. */
final class PodRuns {

    private static final Set<PodTurn> RUNS =
            EnumSet.of(PodTurn.CAME, PodTurn.WENT, PodTurn.PHASE, PodTurn.TERMINATING, PodTurn.CONTROLLER);

    private PodRuns() {}

    /** Hears of the pods of one DaemonSet of kube-system; those that run already are told at once. */
    interface Listener {
        /** It ran already when the world was opened. */
        void found(String node, Map<String, Object> pod);

        void started(String node, Map<String, Object> pod);

        void ended(String node, Map<String, Object> pod);
    }

    static void follow(Kernel kernel, String daemon, Listener listener) {
        Predicate<Map<String, Object>> ours =
                pod -> DaemonPods.daemon(pod).filter(daemon::equals).isPresent();
        kernel.objects().list("Pod").stream()
                .filter(ours)
                .filter(DaemonPods::runs)
                .toList()
                .forEach(pod -> Pods.node(pod).ifPresent(n -> listener.found(n, pod)));
        PodTurn.listen(kernel.objects(), RUNS, (before, after) -> {
            Optional<Map<String, Object>> was = before.filter(ours).filter(DaemonPods::runs);
            Optional<Map<String, Object>> is = after.filter(ours).filter(DaemonPods::runs);
            if (was.isPresent() && is.isEmpty()) {
                Pods.node(was.get()).ifPresent(n -> listener.ended(n, was.get()));
            }
            if (was.isEmpty() && is.isPresent()) {
                Pods.node(is.get()).ifPresent(n -> listener.started(n, is.get()));
            }
        });
    }
}
