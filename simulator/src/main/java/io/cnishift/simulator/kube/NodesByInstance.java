package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes by the instances that they run on. */
public final class NodesByInstance {
    private final ObjectIndex index;

    private NodesByInstance(Kernel kernel) {
        index = kernel.objects().index("Node", n -> instance(n).map(List::of).orElse(List.of()));
    }

    /** The nodes of that world. */
    public static NodesByInstance of(Kernel kernel) {
        return kernel.shared(NodesByInstance.class, NodesByInstance::new);
    }

    /** The names of the nodes of an instance: one, once it has joined. */
    public List<String> named(String instance) {
        return index.of(instance).stream().map(n -> Pods.key(n).name()).toList();
    }

    /** The name of the node of an instance, once it has joined. */
    public Optional<String> first(String instance) {
        for (Map<String, Object> node : index.of(instance)) {
            return Optional.of(Pods.key(node).name());
        }
        return Optional.empty();
    }

    /** The instance of a node. */
    public static Optional<String> instance(Map<String, Object> node) {
        return Tree.known(node, Provided.class, Provided::read).instance();
    }

    /** Asked for at every packet, so it is read once of each version of a node. */
    private record Provided(Optional<String> instance) {
        private static Provided read(Map<String, ?> node) {
            return new Provided(Tree.text(node, "spec", "providerID").map(id -> id.substring(id.lastIndexOf('/') + 1)));
        }
    }
}
