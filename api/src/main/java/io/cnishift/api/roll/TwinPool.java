package io.cnishift.api.roll;

import io.cnishift.api.cluster.NodeClass;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.NodePoolProjection;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The NodePool that takes over from one of Karpenter, with a node class of its own. Karpenter replaces the nodes of a pool whose
 * template changes, so the pool in use is not edited: its twin outweighs it, and Karpenter tries the heavier pool first.
 *
 * @param pool the pool as it is
 * @param nodeClass its node class as it is
 */
record TwinPool(NodePool pool, NodeClass nodeClass) {

    static final String POOL_API = "karpenter.sh/v1";
    private static final String CLASS_API = "karpenter.k8s.aws/v1";
    private static final int HEAVIEST = 100;

    /** What is known of the pool that a group stands for; empty for another kind, or when it cannot be copied. */
    static Optional<TwinPool> of(View view, NodeGroup group) {
        return obstacle(view, group).isPresent()
                ? Optional.empty()
                : written(view, group).flatMap(pool -> classOf(view, pool).map(c -> new TwinPool(pool, c)));
    }

    /** Why the pool that a group stands for cannot have a twin; empty when it can. */
    static Optional<String> obstacle(View view, NodeGroup group) {
        Optional<NodePool> pool = written(view, group);
        if (pool.isEmpty()) {
            return Optional.of("what is written in it was not read");
        }
        if (pool.flatMap(p -> classOf(view, p)).isEmpty()) {
            return Optional.of("its EC2NodeClass was not read, or its node class is of another kind");
        }
        if (pool.get().spec().containsKey("replicas")) {
            return Optional.of("it has a fixed number of nodes, which no weight moves to another pool");
        }
        return weight(pool.get()) >= HEAVIEST
                ? Optional.of("it has the greatest weight, so no other pool can outweigh it")
                : Optional.empty();
    }

    /** How many more nodes the twin may have than the pool has now; empty when nothing limits it. */
    OptionalInt room(int nodes, List<String> types) {
        OptionalInt most = NodePoolProjection.most(Map.of("spec", pool.spec()), types);
        return most.isPresent() ? OptionalInt.of(Math.max(0, most.getAsInt() - nodes)) : most;
    }

    /** The response hop limit of the metadata service for its nodes, where the class sets one. */
    OptionalInt hopLimit() {
        long set = Tree.number(nodeClass.spec(), -1, "metadataOptions", "httpPutResponseHopLimit");
        return set < 0 ? OptionalInt.empty() : OptionalInt.of((int) set);
    }

    /** The node class of the twin: as the old one, but for the pods that a node admits. */
    Map<String, Object> nodeClass(GroupDraft draft) {
        Map<String, Object> spec = new TreeMap<>(nodeClass.spec());
        spec.put("kubelet", with(Tree.map(spec, "kubelet"), "maxPods", draft.maxPods()));
        if (draft.hopLimit().isPresent()) {
            spec.put(
                    "metadataOptions",
                    with(
                            Tree.map(spec, "metadataOptions"),
                            "httpPutResponseHopLimit",
                            draft.hopLimit().getAsInt()));
        }
        return object(CLASS_API, "EC2NodeClass", draft.target(), spec);
    }

    /** The twin while nodes are replaced: Karpenter disrupts none of its nodes by itself. */
    Map<String, Object> held(GroupDraft draft, NewNodes newNodes) {
        Map<String, Object> disruption = new TreeMap<>(Tree.map(pool.spec(), "disruption"));
        disruption.put("budgets", List.of(Map.of("nodes", "0")));
        Map<String, Object> spec = spec(draft, newNodes);
        spec.put("disruption", disruption);
        return object(POOL_API, "NodePool", draft.target(), spec);
    }

    /** The twin afterwards, with the disruption settings of the old pool. */
    Map<String, Object> released(GroupDraft draft, NewNodes newNodes) {
        return object(POOL_API, "NodePool", draft.target(), spec(draft, newNodes));
    }

    private Map<String, Object> spec(GroupDraft draft, NewNodes newNodes) {
        Map<String, Object> nodes = new TreeMap<>(Tree.map(pool.spec(), "template", "spec"));
        nodes.put("nodeClassRef", tree("group", NodePool.EC2_CLASSES, "kind", "EC2NodeClass", "name", draft.target()));
        List<Object> startup = new ArrayList<>(Tree.list(nodes, "startupTaints"));
        newNodes.taints().forEach(t -> startup.add(tree("key", t.key(), "value", t.value(), "effect", t.effect())));
        if (!startup.isEmpty()) {
            nodes.put("startupTaints", startup);
        }
        Map<String, Object> metadata = new TreeMap<>(Tree.map(pool.spec(), "template", "metadata"));
        metadata.put("labels", Joining.labels(draft.old(), newNodes));
        Map<String, Object> spec = new TreeMap<>(pool.spec());
        spec.put("template", tree("metadata", metadata, "spec", nodes));
        spec.put("weight", weight(pool) + 1);
        return spec;
    }

    private static Optional<NodePool> written(View view, NodeGroup group) {
        return group.kind() == NodeGroup.Kind.KARPENTER
                ? view.get(Part.NODE_POOLS, NodePool.class, group.name())
                : Optional.empty();
    }

    private static Optional<NodeClass> classOf(View view, NodePool pool) {
        return pool.nodeClass().flatMap(name -> view.get(Part.NODE_CLASSES, NodeClass.class, name));
    }

    private static int weight(NodePool pool) {
        return (int) Tree.number(pool.spec(), 0, "weight");
    }

    private static Map<String, Object> with(Map<String, Object> tree, String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(tree);
        changed.put(key, value);
        return changed;
    }

    private static Map<String, Object> object(String api, String kind, String name, Map<String, Object> spec) {
        return tree("apiVersion", api, "kind", kind, "metadata", tree("name", name), "spec", spec);
    }

    /** Keys and values by turns, in that order. */
    private static Map<String, Object> tree(Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return tree;
    }
}
