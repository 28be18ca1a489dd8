package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Node;
import io.cnishift.simulator.kube.schedule.NodeLoad.Bound;
import io.cnishift.simulator.kube.schedule.PlacedPods.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All nodes with what is bound to them; and where the pods are that rules about other pods may speak of. Laid over others, it
 * holds only what differs from them.
 */
final class NodeLoads {

    private final Optional<NodeLoads> below;
    private final Map<String, NodeLoad> nodes = new HashMap<>();
    private final PlacedPods placed = new PlacedPods();
    private final Emptiest emptiest = new Emptiest();

    NodeLoads() {
        this(Optional.empty());
    }

    private NodeLoads(Optional<NodeLoads> below) {
        this.below = below;
    }

    /**
     * The same nodes and pods, to be added to apart from these: nodes that are expected, pods that are not bound. Holds as long
     * as these do not change.
     */
    NodeLoads overlay() {
        return new NodeLoads(Optional.of(this));
    }

    Collection<NodeLoad> all() {
        if (below.isEmpty()) {
            return Collections.unmodifiableCollection(nodes.values());
        }
        List<NodeLoad> all = new ArrayList<>(nodes.values());
        for (NodeLoad load : below.get().all()) {
            if (!nodes.containsKey(load.node().name())) {
                all.add(load);
            }
        }
        return all;
    }

    /** All nodes, in {@link Emptiest sorts}; of nodes that lie over others only these. */
    Emptiest emptiest() {
        return emptiest;
    }

    Optional<NodeLoad> get(String name) {
        NodeLoad own = nodes.get(name);
        return own != null ? Optional.of(own) : below.flatMap(b -> b.get(name));
    }

    /** The topology value of a node; empty when the node is not there. */
    String topology(String name, String key) {
        NodeLoad own = nodes.get(name);
        return own != null
                ? own.topology(key)
                : below.map(b -> b.topology(name, key)).orElse("");
    }

    int size() {
        return below.isEmpty() ? nodes.size() : all().size();
    }

    /** The bound pods of a namespace that a selector may match. */
    Collection<Placed> candidates(String namespace, Map<String, Object> selector) {
        if (below.isEmpty()) {
            return placed.candidates(namespace, selector);
        }
        List<Placed> found = new ArrayList<>(placed.candidates(namespace, selector));
        below.ifPresent(b -> found.addAll(b.candidates(namespace, selector)));
        return found;
    }

    /** The pods of any namespace that have anti-affinity terms which may match a pod with those labels. */
    void mayKeepOff(Map<String, String> labels, Consumer<Placed> action) {
        placed.mayKeepOff(labels, action);
        below.ifPresent(b -> b.mayKeepOff(labels, action));
    }

    /** @param branches branch interfaces that it offers */
    void put(Node node, long branches) {
        NodeLoad load = own(node.name()).orElseGet(() -> added(new NodeLoad(node)));
        if (load.sortedAs(node)) {
            load.node(node, branches);
            return;
        }
        emptiest.remove(load);
        load.node(node, branches);
        emptiest.add(load);
    }

    private NodeLoad added(NodeLoad load) {
        nodes.put(load.node().name(), load);
        emptiest.add(load);
        return load;
    }

    void remove(String name) {
        NodeLoad gone = nodes.remove(name);
        if (gone != null) {
            emptiest.remove(gone);
            gone.pods().forEach((key, pod) -> placed.remove(key, pod));
        }
    }

    void bind(String node, String key, Bound pod) {
        boolean there = below.flatMap(b -> b.get(node))
                .filter(load -> load.pods().containsKey(key))
                .isPresent();
        if (there) {
            return;
        }
        own(node).ifPresent(load -> {
            release(node, key);
            emptiest.change(load, () -> load.bind(key, pod));
            placed.add(key, new Placed(node, pod));
        });
    }

    void release(String node, String key) {
        NodeLoad load = nodes.get(node);
        if (load != null) {
            emptiest.change(load, () -> load.release(key).ifPresent(pod -> placed.remove(key, pod)));
        }
    }

    /** A node, as one that may be changed without changing those below. */
    private Optional<NodeLoad> own(String name) {
        if (!nodes.containsKey(name)) {
            below.flatMap(b -> b.get(name)).ifPresent(load -> added(load.copy()));
        }
        return Optional.ofNullable(nodes.get(name));
    }
}
