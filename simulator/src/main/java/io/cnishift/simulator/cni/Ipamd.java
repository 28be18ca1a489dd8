package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * ipamd keeps its warm pool on every node where aws-node runs: it looks every 5 s while something moves, and not at all while
 * nothing does, which is the same as looking in vain.
 */
public final class Ipamd implements Behaviour {

    private static final Duration EVERY = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "vpc-cni-warm-pool";
    }

    @Override
    public String source() {
        return "amazon-vpc-cni-k8s pkg/ipamd/ipamd.go, docs/eni-and-ip-target.md";
    }

    @Override
    public void install(Kernel kernel) {
        Pools pools = Pools.of(kernel);
        pools.keep = true;
        SubnetRoles.of(kernel).listen(pools::lookEverywhere);
        kernel.objects()
                .listen(
                        "Node",
                        (before, after) -> after.ifPresent(now -> {
                            boolean was = before.filter(b -> Tree.flag(b, "spec", "unschedulable"))
                                    .isPresent();
                            if (was && !Tree.flag(now, "spec", "unschedulable")) {
                                pools.look(Tree.text(now, "metadata", "name").orElse(""));
                            }
                        }));
    }

    /** The pools of the nodes on which ipamd runs. */
    static final class Pools {
        private final Kernel kernel;
        private final Map<String, NodePool> keepers = new TreeMap<>();
        private final Map<String, Instant> due = new TreeMap<>();
        private boolean keep;

        private Pools(Kernel kernel) {
            this.kernel = kernel;
        }

        static Pools of(Kernel kernel) {
            return kernel.shared(Pools.class, Pools::new);
        }

        /** ipamd starts with that environment. */
        void start(String node, Map<String, String> env) {
            EniPool.of(kernel, node).ifPresent(pool -> {
                keepers.put(
                        node, Ipv6Pool.on(env) ? new Ipv6Pool(kernel, pool) : new PoolKeeper(kernel, node, pool, env));
                look(node);
            });
        }

        void end(String node) {
            keepers.remove(node);
        }

        /** The pool of a node, if ipamd runs there. */
        Optional<NodePool> on(String node) {
            return Optional.ofNullable(keepers.get(node));
        }

        /** Has ipamd look at its pool with the next beat. */
        void look(String node) {
            lookAt(node, kernel.clock().now().plus(EVERY));
        }

        private void lookEverywhere() {
            List.copyOf(keepers.keySet()).forEach(this::look);
        }

        private void lookAt(String node, Instant when) {
            Instant planned = due.get(node);
            if (!keep || (planned != null && !planned.isAfter(when))) {
                return;
            }
            due.put(node, when);
            kernel.clock().at(when, () -> {
                if (when.equals(due.get(node))) {
                    due.remove(node);
                    on(node).flatMap(NodePool::pass).ifPresent(next -> lookAt(node, atLeast(next)));
                }
            });
        }

        private Instant atLeast(Instant next) {
            Instant beat = kernel.clock().now().plus(EVERY);
            return next.isBefore(beat) ? beat : next;
        }
    }
}
