package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the agents of Cilium in ENI mode know: the addresses that the operator published on their CiliumNode, and which of them
 * they gave away. They report that on the same object, after a second, and then not again for {@link #REPORT}. Source: cilium
 * pkg/ipam/crd.go; ipam.ciliumNodeUpdateRate of the chart.
 */
final class EniAgents {

    static final String KIND = "CiliumNode";

    private static final Duration REPORT = Duration.ofSeconds(15);
    private static final List<String> OWN = List.of("router", "health");

    private final Kernel kernel;
    private final NodeCnis nodes;
    private final Map<String, Map<String, String>> own = new HashMap<>();
    private final Map<String, Instant> reported = new HashMap<>();
    private final Set<String> due = new HashSet<>();
    private boolean takeOwn;
    private boolean blind;

    private EniAgents(Kernel kernel) {
        this.kernel = kernel;
        nodes = NodeCnis.of(kernel);
        kernel.objects().listen("Node", (before, after) -> {
            if (after.isEmpty()) {
                before.map(ObjectKey::of).map(ObjectKey::name).ifPresent(this::forget);
            }
        });
    }

    static EniAgents of(Kernel kernel) {
        return kernel.shared(EniAgents.class, EniAgents::new);
    }

    /** From now on agents take addresses for themselves. */
    void takeOwn() {
        takeOwn = true;
    }

    /** From now on agents do not know what another CNI gave away. */
    void blind() {
        blind = true;
    }

    /** The addresses that the operator published. */
    List<String> pool(String node) {
        return kernel.objects()
                .get(KIND, "", node)
                .map(n -> List.copyOf(Tree.map(n, "spec", "ipam", "pool").keySet()))
                .orElse(List.of());
    }

    /** An address for a pod. */
    Optional<String> free(String node) {
        Set<String> taken = new HashSet<>(own(node).values());
        nodes.wirings().on(node).stream()
                .filter(w -> !blind || w.by() == CniKind.CILIUM_ENI)
                .forEach(w -> taken.add(w.address()));
        return pool(node).stream().filter(a -> !taken.contains(a)).findFirst();
    }

    /** Something was given or taken back. */
    void changed(String node) {
        if (due.add(node)) {
            Instant soon = kernel.clock().now().plusSeconds(1);
            Instant next = reported.containsKey(node) ? reported.get(node).plus(REPORT) : soon;
            kernel.clock().at(next.isAfter(soon) ? next : soon, () -> {
                due.remove(node);
                reported.put(node, kernel.clock().now());
                report(node);
            });
        }
    }

    /** What is in use, as an agent reports it. */
    Map<String, Object> used(String node) {
        Map<String, Object> used = new TreeMap<>();
        own(node).forEach((who, address) -> used.put(address, Map.of("owner", who)));
        nodes.wirings().byPod(node).forEach((pod, wiring) -> {
            if (wiring.by() == CniKind.CILIUM_ENI) {
                used.put(wiring.address(), Map.of("owner", pod));
            }
        });
        return used;
    }

    private void report(String node) {
        if (kernel.objects().get(KIND, "", node).isPresent()) {
            kernel.objects()
                    .status(
                            new ObjectKey(KIND, "", node),
                            "cilium-agent",
                            s -> Trees.with(s, used(node), "ipam", "used"));
        }
    }

    /** Those of the agent itself, which keeps them over its restarts. */
    private Map<String, String> own(String node) {
        Map<String, String> mine = own.computeIfAbsent(node, n -> new TreeMap<>());
        if (takeOwn && mine.size() < OWN.size()) {
            List<String> free = new ArrayList<>(pool(node));
            nodes.wirings().on(node).forEach(w -> free.remove(w.address()));
            free.removeAll(mine.values());
            OWN.stream()
                    .filter(who -> !mine.containsKey(who) && !free.isEmpty())
                    .forEach(who -> mine.put(who, free.remove(0)));
        }
        return mine;
    }

    private void forget(String node) {
        own.remove(node);
        reported.remove(node);
    }
}
