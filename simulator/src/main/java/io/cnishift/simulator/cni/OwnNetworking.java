package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.PodNetwork;
import java.util.Map;
import java.util.Set;

/**
 * Nodes of Windows and of compute types that bring their own networking are ready without aws-node. What runs on them keeps its
 * address; how a new pod would get one there is not modelled.
 */
public final class OwnNetworking implements Behaviour {

    private static final String COMPUTE_TYPE = "eks.amazonaws.com/compute-type";
    private static final Set<String> OWN = Set.of("fargate", "hybrid", "auto");

    @Override
    public String id() {
        return "own-networking";
    }

    @Override
    public String source() {
        return "EKS user guide: Windows support, Fargate considerations; amazon-vpc-resource-controller-k8s";
    }

    @Override
    public void install(Kernel kernel) {
        CniPlugin.Registry.of(kernel).put(NodeCni.OWN_CONF, new Plugin(kernel));
        kernel.objects().list("Node").forEach(node -> found(kernel, node));
        kernel.objects().listen("Node", (before, after) -> {
            if (before.isEmpty()) {
                after.ifPresent(node -> found(kernel, node));
            }
        });
    }

    private static void found(Kernel kernel, Map<String, Object> tree) {
        Node node = KubeProjection.node(tree);
        if (!node.linux() || OWN.contains(node.labels().getOrDefault(COMPUTE_TYPE, ""))) {
            NodeCnis.of(kernel).node(node.name()).write(NodeCni.OWN_CONF);
        }
    }

    private record Plugin(Kernel kernel) implements CniPlugin {

        @Override
        public PodNetwork.Wiring add(String node, Map<String, Object> pod) {
            kernel.notModelled().note("a new pod on " + node + ", which brings its own networking");
            return new PodNetwork.Wiring.Refused("not modelled");
        }

        @Override
        public void remove(PodWiring wiring) {
            // its address went with it
        }
    }
}
