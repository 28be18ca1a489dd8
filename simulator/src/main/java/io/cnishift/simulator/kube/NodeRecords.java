package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.simulator.Kernel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Nodes as records, each read off its object once and not once for everybody who asks. */
public final class NodeRecords {

    private final Kernel kernel;
    private final Map<String, Read> read = new HashMap<>();

    private NodeRecords(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        kernel.objects().listen("Node", (before, after) -> {
            if (after.isEmpty()) {
                before.map(Pods::key).ifPresent(key -> read.remove(key.name()));
            }
        });
    }

    private record Read(Map<String, Object> object, Node node) {}

    /** The records of that world. */
    public static NodeRecords of(Kernel kernel) {
        return kernel.shared(NodeRecords.class, NodeRecords::new);
    }

    /** The node of that name as it is now. */
    public Optional<Node> find(String name) {
        return kernel.objects().get("Node", "", name).map(object -> of(name, object));
    }

    /** That version of a node. */
    public Node of(Map<String, Object> object) {
        return of(Pods.key(object).name(), object);
    }

    @SuppressWarnings("ReferenceEquality") // objects in the store are never changed, only replaced
    private Node of(String name, Map<String, Object> object) {
        Read last = read.get(name);
        if (last != null && last.object() == object) {
            return last.node();
        }
        Node node = KubeProjection.node(object);
        read.put(name, new Read(object, node));
        return node;
    }
}
