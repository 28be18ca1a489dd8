package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Node;
import io.cnishift.simulator.kube.schedule.NodeLoad.Bound;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All nodes with what is bound to them, by name; and where the pods are that rules about other pods may speak of. */
final class NodeLoads {

    private final Map<String, NodeLoad> nodes = new TreeMap<>();
    private final Map<String, Map<String, Placed>> byNamespace = new HashMap<>();
    private final Map<String, Placed> keepingOthersOff = new TreeMap<>();

    /** A bound pod and its node. */
    record Placed(NodeLoad node, Bound pod) {}

    /** The same nodes and pods, to be changed apart from these. */
    NodeLoads copy() {
        NodeLoads copy = new NodeLoads();
        nodes.values().forEach(load -> {
            copy.put(load.node(), load.branchesOffered());
            load.pods().forEach((key, pod) -> copy.bind(load.node().name(), key, pod));
        });
        return copy;
    }

    Collection<NodeLoad> all() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    Optional<NodeLoad> get(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    int size() {
        return nodes.size();
    }

    /** The pods of a namespace that are bound anywhere. */
    Collection<Placed> in(String namespace) {
        return byNamespace.getOrDefault(namespace, Map.of()).values();
    }

    /** The pods of any namespace that have anti-affinity terms of their own. */
    Collection<Placed> keepingOthersOff() {
        return keepingOthersOff.values();
    }

    /** @param branches branch interfaces that it offers */
    void put(Node node, long branches) {
        nodes.computeIfAbsent(node.name(), n -> new NodeLoad(node)).node(node, branches);
    }

    void remove(String name) {
        NodeLoad gone = nodes.remove(name);
        if (gone != null) {
            gone.pods().forEach((key, pod) -> forget(key, pod));
        }
    }

    void bind(String node, String key, Bound pod) {
        NodeLoad load = nodes.get(node);
        if (load != null) {
            release(node, key);
            load.bind(key, pod);
            Placed placed = new Placed(load, pod);
            byNamespace.computeIfAbsent(pod.namespace(), n -> new TreeMap<>()).put(key, placed);
            if (!pod.antiAffinity().isEmpty()) {
                keepingOthersOff.put(key, placed);
            }
        }
    }

    void release(String node, String key) {
        NodeLoad load = nodes.get(node);
        if (load != null) {
            load.release(key).ifPresent(pod -> forget(key, pod));
        }
    }

    private void forget(String key, Bound pod) {
        byNamespace.getOrDefault(pod.namespace(), new HashMap<>()).remove(key);
        keepingOthersOff.remove(key);
    }
}
