package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Consolidates nodes of NodePools that have been without any pod but daemons for {@code consolidateAfter}, as far as the pool's
 * disruption budgets allow; {@code Never} switches it off.
 */
final class Emptiness {

    /** A node that is new, or that pods were nominated for, is left alone at least so long. */
    private static final Duration LEAST = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Kernel kernel;
    private final NodePools pools;
    private final Map<String, Instant> since = new HashMap<>();

    Emptiness(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        pools = NodePools.of(kernel);
    }

    /** From now on nodes that become empty are taken away. */
    void start() {
        kernel.objects().listen("Pod", (before, after) -> {
            Optional<Map<String, Object>> either = after.or(() -> before);
            either.flatMap(Pods::node).ifPresent(this::moved);
        });
        kernel.objects().listen("Node", (before, after) -> {
            boolean became = before.filter(n -> Pods.conditionHolds(n, "Ready")).isEmpty()
                    && after.filter(n -> Pods.conditionHolds(n, "Ready")).isPresent();
            if (became) {
                moved(ObjectKey.of(after.orElseThrow()).name());
            } else if (after.isEmpty()) {
                before.map(n -> ObjectKey.of(n).name()).ifPresent(since::remove);
            }
        });
    }

    /** Something came to the node or went from it: its time begins anew. */
    private void moved(String node) {
        if (pool(node).isPresent() && since.put(node, kernel.clock().now()) == null) {
            later(node, LOOK);
        }
    }

    private void later(String node, Duration delay) {
        kernel.clock().after(delay, () -> look(node));
    }

    private void look(String node) {
        Instant from = since.get(node);
        Optional<Map<String, Object>> pool = pool(node);
        Optional<Duration> after = pool.flatMap(Emptiness::after);
        if (from == null || !empty(node)) {
            since.remove(node);
        } else if (after.isEmpty()
                || from.plus(after.get()).isAfter(kernel.clock().now())
                || DisruptionBudget.of(pool.orElseThrow(), nodes(pool.orElseThrow()), 0) < 1) {
            later(node, LOOK);
        } else {
            since.remove(node);
            pools.remove(node);
        }
    }

    private int nodes(Map<String, Object> pool) {
        return pools.live(ObjectKey.of(pool).name());
    }

    private Optional<Map<String, Object>> pool(String node) {
        return kernel.objects()
                .get("Node", "", node)
                .map(n -> Tree.map(n, "metadata", "labels").get(NodePools.LABEL))
                .flatMap(pool -> pools.written(String.valueOf(pool)));
    }

    private boolean empty(String node) {
        return PodIndexes.of(kernel).on(node).stream()
                .allMatch(p -> Pods.finished(p)
                        || Pods.controller(p)
                                .filter(c -> "DaemonSet".equals(c.get("kind")))
                                .isPresent());
    }

    /** How long a node stays empty before it goes; empty for ever. */
    private static Optional<Duration> after(Map<String, Object> pool) {
        String text = Tree.text(pool, "spec", "disruption", "consolidateAfter").orElse("0s");
        if (text.equals("Never")) {
            return Optional.empty();
        }
        Duration after = Duration.parse("PT" + text);
        return Optional.of(after.compareTo(LEAST) < 0 ? LEAST : after);
    }
}
