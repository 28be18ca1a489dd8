package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The operator deletes CoreDNS pods that have no CiliumEndpoint and are older than 30 s: one per pass, no pod more than once in
 * 5 min. On while unmanaged-pod-watcher-interval is not 0 (chart value operator.unmanagedPodWatcher.restart, on by default).
 */
public final class UnmanagedPodWatcher implements Behaviour {

    private static final String CORE_DNS = "kube-dns";
    private static final Duration AGE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(15);

    @Override
    public String id() {
        return "cilium-operator-unmanaged-pods";
    }

    @Override
    public String source() {
        return "cilium operator/unmanagedpods; values.yaml of the chart";
    }

    @Override
    public void install(Kernel kernel) {
        new Watcher(kernel).next(IDLE);
    }

    private static final class Watcher {
        private final Kernel kernel;
        private final ObjectIndex coreDns;
        private final Map<String, Instant> deleted = new HashMap<>();

        Watcher(Kernel kernel) {
            this.kernel = kernel;
            coreDns = kernel.objects().index("Pod", Watcher::namespaceOfCoreDns);
        }

        private static List<String> namespaceOfCoreDns(Map<String, Object> pod) {
            return CORE_DNS.equals(Pods.labels(pod).get("k8s-app"))
                    ? List.of(Pods.key(pod).namespace())
                    : List.of();
        }

        void next(Duration pause) {
            kernel.clock().after(pause, () -> {
                long seconds =
                        Operators.of(kernel).config().map(Watcher::interval).orElse(0L);
                if (seconds > 0) {
                    pass();
                }
                next(seconds > 0 ? Duration.ofSeconds(seconds) : IDLE);
            });
        }

        private void pass() {
            Instant now = kernel.clock().now();
            Optional<Map<String, Object>> victim = coreDns.of(DaemonPods.NAMESPACE).stream()
                    .filter(p -> !Pods.hostNetwork(p) && DaemonPods.runs(p))
                    .filter(p -> created(p).isBefore(now.minus(AGE)))
                    .filter(p -> kernel.objects()
                            .get(
                                    "CiliumEndpoint",
                                    DaemonPods.NAMESPACE,
                                    ObjectKey.of(p).name())
                            .isEmpty())
                    .filter(p -> !deleted.getOrDefault(ObjectKey.of(p).name(), Instant.MIN)
                            .isAfter(now.minus(PAUSE)))
                    .findFirst();
            victim.ifPresent(pod -> {
                deleted.put(ObjectKey.of(pod).name(), now);
                kernel.incidents()
                        .report(
                                "SIM-UNMANAGED-POD-RESTARTED",
                                "Pod " + DaemonPods.NAMESPACE + "/"
                                        + ObjectKey.of(pod).name(),
                                "the Cilium operator deleted it because it has no CiliumEndpoint");
                kernel.objects()
                        .delete(ObjectKey.of(pod), "cilium-operator", Optional.of(Pods.uid(pod)), OptionalLong.empty());
            });
        }

        private static Instant created(Map<String, Object> pod) {
            return Tree.text(pod, "metadata", "creationTimestamp")
                    .map(Instant::parse)
                    .orElse(Instant.MIN);
        }

        /** The interval in seconds: a number, and from 1.19 on one with its unit. */
        private static long interval(Map<String, String> config) {
            String digits =
                    config.getOrDefault("unmanaged-pod-watcher-interval", "15").replaceFirst("[^0-9].*$", "");
            return digits.isEmpty() ? 0 : Long.parseLong(digits);
        }
    }
}
