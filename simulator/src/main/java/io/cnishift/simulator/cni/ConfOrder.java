package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.PodNetwork;
import io.cnishift.simulator.kube.Pods;
import java.util.Map;
import java.util.Optional;

/**
 * A new pod is wired by the first configuration file of its node by name, and by no other; without a file the node is not
 * ready. A pod's wiring is taken away by what had made it.
 */
public final class ConfOrder implements Behaviour {

    private static final String UNINITIALIZED = "cni plugin not initialized";

    @Override
    public String id() {
        return "cni-conf-order";
    }

    @Override
    public String source() {
        return "containerd go-cni opts.go (sorted, max conf 1)";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.podNetwork(new Network(kernel));
        NodeCnis.of(kernel).listen(kernel::hostChanged);
    }

    private record Network(Kernel kernel) implements PodNetwork {

        @Override
        public Wiring add(String node, Map<String, Object> pod) {
            Optional<String> conf = NodeCnis.of(kernel).node(node).activeConf();
            if (conf.isEmpty()) {
                return new Wiring.Refused(UNINITIALIZED);
            }
            return CniPlugin.Registry.of(kernel)
                    .of(conf.get())
                    .map(p -> p.add(node, pod))
                    .orElseGet(() -> new Wiring.Refused("no plugin for " + conf.get()));
        }

        @Override
        public void remove(String node, Map<String, Object> pod) {
            NodeCnis.of(kernel)
                    .wirings()
                    .remove(ObjectKey.of(pod).namespace(), ObjectKey.of(pod).name(), Pods.uid(pod))
                    .ifPresent(wiring -> CniPlugin.Registry.of(kernel)
                            .of(wiring.by() == CniKind.VPC_CNI ? NodeCni.AWS_CONF : NodeCni.CILIUM_CONF)
                            .ifPresent(p -> p.remove(wiring)));
        }

        @Override
        public Optional<String> notReadyReason(String node) {
            return NodeCnis.of(kernel).node(node).activeConf().isEmpty()
                    ? Optional.of(UNINITIALIZED)
                    : Optional.empty();
        }
    }
}
