package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In ENI mode the operator gives every CiliumNode the addresses of its instance's interfaces, and interfaces as pods need them;
 * what EC2 refuses it says on the CiliumNode and tries again a minute later.
 */
public final class EniIpam implements Behaviour {

    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final String OPERATOR = "cilium-operator";

    @Override
    public String id() {
        return "cilium-operator-eni";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/concepts/ipam/eni.rst, pkg/ipam/node.go, pkg/aws/eni/node.go";
    }

    @Override
    public void install(Kernel kernel) {
        Operator operator = new Operator(kernel);
        operator.open();
        Operators operators = Operators.of(kernel);
        operators.does(operator::pass);
        kernel.objects().listen(EniAgents.KIND, (before, after) -> operators.wake());
        kernel.objects().listen("Node", (before, after) -> {
            if (after.isEmpty()) {
                before.map(ObjectKey::of).map(ObjectKey::name).ifPresent(operator.keepers::remove);
            }
        });
        operators.wake();
    }

    private static final class Operator {
        private final Kernel kernel;
        private final Map<String, EniKeeper> keepers = new HashMap<>();
        private boolean again;

        Operator(Kernel kernel) {
            this.kernel = kernel;
        }

        /** A snapshot counts the addresses of its CiliumNodes; which they are, the interfaces tell. */
        void open() {
            Map<String, String> config = AgentConfig.configMap(kernel);
            for (Map<String, Object> node : nodes(config)) {
                String name = ObjectKey.of(node).name();
                Map<String, Object> spec = EniAddressesNeeded.spec(kernel, name, new EniSettings(config));
                kernel.objects().put(Trees.with(node, Tree.map(spec, "eni"), "spec", "eni"));
                keeper(name).ifPresent(k -> kernel.objects().put(published(k, node(name))));
            }
        }

        void pass(Map<String, String> config) {
            EniSettings settings = new EniSettings(config);
            boolean later = false;
            for (Map<String, Object> node : nodes(config)) {
                String name = ObjectKey.of(node).name();
                Optional<EniKeeper> keeper = keeper(name);
                String error = keeper.map(k -> k.pass(settings)).orElse("unable to determine limits of the instance");
                keeper.ifPresent(
                        k -> kernel.objects().update(EniAgents.KIND, "", name, OPERATOR, n -> published(k, n)));
                kernel.objects()
                        .status(
                                new ObjectKey(EniAgents.KIND, "", name),
                                OPERATOR,
                                s -> Trees.with(s, error, "ipam", "operator-status", "error"));
                later |= !error.isEmpty() || keeper.filter(EniKeeper::waits).isPresent();
            }
            if (later) {
                lookAgain();
            }
        }

        private void lookAgain() {
            if (!again) {
                again = true;
                kernel.clock().after(AGAIN, () -> {
                    again = false;
                    Operators.of(kernel).wake();
                });
            }
        }

        private List<Map<String, Object>> nodes(Map<String, String> config) {
            return EniSettings.on(config)
                    ? kernel.objects().list(EniAgents.KIND).stream()
                            .filter(n -> !Tree.map(n, "spec", "eni").isEmpty())
                            .toList()
                    : List.of();
        }

        private Map<String, Object> node(String name) {
            return kernel.objects().get(EniAgents.KIND, "", name).orElseThrow();
        }

        private Optional<EniKeeper> keeper(String node) {
            if (!keepers.containsKey(node)) {
                EniPool.of(kernel, node).ifPresent(pool -> keepers.put(node, new EniKeeper(kernel, node, pool)));
            }
            return Optional.ofNullable(keepers.get(node));
        }

        private static Map<String, Object> published(EniKeeper keeper, Map<String, Object> node) {
            return Trees.with(node, keeper.available(), "spec", "ipam", "pool");
        }
    }
}
