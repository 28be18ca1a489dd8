package io.cnishift.simulator.cni;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The operator gives every CiliumNode the first free block of the pool; when there is none it says so on the CiliumNode. */
public final class PodCidrs implements Behaviour {

    @Override
    public String id() {
        return "cilium-operator-pod-cidrs";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/concepts/ipam/cluster-pool.rst, pkg/ipam/allocator/clusterpool";
    }

    @Override
    public void install(Kernel kernel) {
        Operators operators = Operators.of(kernel);
        Blocks blocks = new Blocks(kernel);
        operators.does(blocks::pass);
        kernel.objects().list("CiliumNode").forEach(n -> blocks.changed(Optional.empty(), Optional.of(n)));
        kernel.objects().listen("CiliumNode", (before, after) -> {
            blocks.changed(before, after);
            operators.wake();
        });
        operators.wake();
    }

    /** The blocks that are given, and the nodes that have none. */
    private static final class Blocks {
        private final Kernel kernel;
        private final Map<Cidr, Integer> used = new HashMap<>();
        private final NavigableSet<String> without = new TreeSet<>();

        Blocks(Kernel kernel) {
            this.kernel = kernel;
        }

        void changed(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
            before.ifPresent(n -> {
                cidrs(n).forEach(c -> used.computeIfPresent(c, (x, times) -> times == 1 ? null : times - 1));
                without.remove(ObjectKey.of(n).name());
            });
            after.ifPresent(n -> {
                cidrs(n).forEach(c -> used.merge(c, 1, Integer::sum));
                if (cidrs(n).isEmpty()) {
                    without.add(ObjectKey.of(n).name());
                }
            });
        }

        void pass(Map<String, String> config) {
            if (!config.getOrDefault("ipam", "cluster-pool").equals("cluster-pool")) {
                return;
            }
            for (String node : List.copyOf(without)) {
                Optional<Cidr> free = free(config, used.keySet());
                free.ifPresent(cidr -> give(kernel, node, cidr));
                error(kernel, node, free.isPresent() ? "" : "all CIDR ranges are exhausted");
            }
        }
    }

    private static List<Cidr> cidrs(Map<String, Object> node) {
        return Tree.texts(node, "spec", "ipam", "podCIDRs").stream()
                .map(Cidr::parse)
                .toList();
    }

    private static Optional<Cidr> free(Map<String, String> config, Set<Cidr> used) {
        int mask = Integer.parseInt(config.getOrDefault("cluster-pool-ipv4-mask-size", "24"));
        for (String block :
                config.getOrDefault("cluster-pool-ipv4-cidr", "10.0.0.0/8").split("[ ,]+", -1)) {
            Optional<Cidr> free = Cidr.parse(block).split(mask).stream()
                    .filter(c -> !used.contains(c))
                    .findFirst();
            if (free.isPresent()) {
                return free;
            }
        }
        return Optional.empty();
    }

    private static void give(Kernel kernel, String node, Cidr cidr) {
        kernel.objects()
                .update(
                        "CiliumNode",
                        "",
                        node,
                        "cilium-operator",
                        n -> Trees.with(n, List.of(cidr.toString()), "spec", "ipam", "podCIDRs"));
    }

    private static void error(Kernel kernel, String node, String text) {
        kernel.objects()
                .status(
                        new ObjectKey("CiliumNode", "", node),
                        "cilium-operator",
                        s -> Trees.with(s, text, "ipam", "operator-status", "error"));
    }
}
