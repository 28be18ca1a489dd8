package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cilium's operator: at work while one of its pods is ready, with the configuration that this pod read when it started. It
 * passes over its work a second after something changed, and has no beat of its own.
 */
final class Operators {

    private static final Duration DELAY = Duration.ofSeconds(1);

    private final Kernel kernel;
    private final ObjectIndex pods;
    private final Map<String, Map<String, String>> configs = new HashMap<>();
    private final List<Consumer<Map<String, String>>> work = new ArrayList<>();
    private boolean due;

    private Operators(Kernel kernel) {
        this.kernel = kernel;
        pods = kernel.objects().index("Pod", pod -> operator(pod) ? List.of("operator") : List.of());
        kernel.objects().listen("Pod", (before, after) -> {
            if (before.filter(Operators::operator).isPresent()
                    || after.filter(Operators::operator).isPresent()) {
                wake();
            }
        });
    }

    static Operators of(Kernel kernel) {
        return kernel.shared(Operators.class, Operators::new);
    }

    /** Has that done in each pass, with the configuration in force. */
    void does(Consumer<Map<String, String>> what) {
        work.add(what);
    }

    /** The configuration of the operator that leads; empty while none is ready. */
    Optional<Map<String, String>> config() {
        return pods.of("operator").stream()
                .filter(DaemonPods::runs)
                .filter(PodHealth::isReady)
                .findFirst()
                .map(pod -> configs.computeIfAbsent(Pods.uid(pod), u -> AgentConfig.configMap(kernel)));
    }

    /** Something changed that the operator watches. */
    void wake() {
        if (!due) {
            due = true;
            kernel.clock().after(DELAY, () -> {
                due = false;
                config().ifPresent(c -> work.forEach(w -> w.accept(c)));
            });
        }
    }

    /** Whether a pod is one of the operator's. */
    static boolean operator(Map<String, Object> pod) {
        return Tree.text(pod, "metadata", "labels", "io.cilium/app")
                .filter("operator"::equals)
                .isPresent();
    }
}
