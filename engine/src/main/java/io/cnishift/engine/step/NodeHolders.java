package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pods that hold nodes of a NodePool. Karpenter launches nodes for pods, so a pool gets a size by a Deployment of as many small
 * pods, each of which wants a node of the pool to itself and of the type that the old nodes have. The annotation of the first
 * one says how many nodes the old pool had. They run what every new node has pulled already, the image of the agent.
 */
final class NodeHolders {

    private static final String NAMESPACE = "kube-system";
    private static final String REPLACES = "cnishift.io/replaces";
    private static final String LABEL = "cnishift.io/holds";
    private static final String POOL = "karpenter.sh/nodepool";
    private static final String TYPE = "node.kubernetes.io/instance-type";
    private static final String AGENT = "DaemonSet/kube-system/cilium";
    private static final String WITHOUT_AGENT = "registry.k8s.io/pause:3.10";

    private NodeHolders() {}

    /** How many nodes of a pool are asked for. */
    static int asked(View view, String pool) {
        return workload(view, pool).map(Workload::desired).orElse(0);
    }

    /**
     * Asks for so many nodes of a pool.
     *
     * @param alike nodes of which the most frequent type is taken
     * @param replaces how many nodes there were before
     */
    static Act hold(View view, NodeGroup pool, List<Node> alike, int size, int replaces) {
        Map<String, Object> labels = Map.of(LABEL, pool.name());
        Map<String, Object> metadata = tree("name", name(pool.name()), "namespace", NAMESPACE);
        metadata.put("labels", labels);
        metadata.put("annotations", Map.of(REPLACES, String.valueOf(replaces)));
        Map<String, Object> spec = tree(
                "replicas",
                size,
                "selector",
                Map.of("matchLabels", labels),
                "template",
                tree("metadata", Map.of("labels", labels), "spec", pod(view, pool, alike)));
        return new ApplyObject(tree("apiVersion", "apps/v1", "kind", "Deployment", "metadata", metadata, "spec", spec));
    }

    /** What lets the nodes of a pool go; empty when nothing holds them. */
    static Optional<Act> release(View view, String pool) {
        return workload(view, pool).map(w -> new DeleteObject(Refs.of(w), Optional.empty()));
    }

    /** The first time that nodes of a pool were asked for. */
    static Optional<Progress.Entry> first(Progress progress, String pool) {
        List<Progress.Entry> all = progress.all(ApplyObject.class);
        String target = all.isEmpty() ? "" : target(pool);
        return all.stream().filter(e -> e.act().target().equals(target)).findFirst();
    }

    /** The last time. */
    static Optional<Progress.Entry> last(Progress progress, String pool) {
        return progress.last(ApplyObject.class, target(pool));
    }

    /** How many nodes there were before, as that act says. */
    static int replaces(Progress.Entry entry) {
        return Tree.text(((ApplyObject) entry.act()).object(), "metadata", "annotations", REPLACES)
                .map(Integer::parseInt)
                .orElse(0);
    }

    private static Map<String, Object> pod(View view, NodeGroup pool, List<Node> alike) {
        Map<String, Object> selector = tree(POOL, pool.name());
        type(alike).ifPresent(type -> selector.put(TYPE, type));
        Map<String, Object> own = Map.of("matchLabels", Map.of(LABEL, pool.name()));
        Map<String, Object> container = tree(
                "name",
                "hold",
                "image",
                image(view).orElse(WITHOUT_AGENT),
                "resources",
                Map.of("requests", tree("cpu", "1m", "memory", "1Mi")));
        image(view).ifPresent(image -> container.put("command", List.of("sleep", "infinity")));
        return tree(
                "nodeSelector",
                selector,
                "tolerations",
                pool.taints().stream().map(NodeHolders::toleration).toList(),
                "affinity",
                Map.of(
                        "podAntiAffinity",
                        Map.of(
                                "requiredDuringSchedulingIgnoredDuringExecution",
                                List.of(tree("labelSelector", own, "topologyKey", "kubernetes.io/hostname")))),
                "topologySpreadConstraints",
                List.of(tree(
                        "maxSkew",
                        1,
                        "topologyKey",
                        "topology.kubernetes.io/zone",
                        "whenUnsatisfiable",
                        "ScheduleAnyway",
                        "labelSelector",
                        own)),
                "terminationGracePeriodSeconds",
                0,
                "automountServiceAccountToken",
                false,
                "containers",
                List.of(container));
    }

    private static Optional<String> type(List<Node> nodes) {
        Map<String, Integer> counts = new TreeMap<>();
        nodes.stream()
                .map(Node::instanceType)
                .filter(type -> !type.isEmpty())
                .forEach(type -> counts.merge(type, 1, Integer::sum));
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static Optional<String> image(View view) {
        return view.workload(AGENT)
                .flatMap(w -> Tree.maps(w.podSpec(), "containers").stream()
                        .filter(c -> "cilium-agent".equals(c.get("name")))
                        .findFirst())
                .flatMap(c -> Tree.text(c, "image"));
    }

    private static Map<String, Object> toleration(Taint taint) {
        return tree("key", taint.key(), "operator", "Equal", "value", taint.value(), "effect", taint.effect());
    }

    private static Optional<Workload> workload(View view, String pool) {
        return view.workload("Deployment/" + NAMESPACE + "/" + name(pool));
    }

    private static String target(String pool) {
        return ObjectRef.of("apps/v1", "Deployment", NAMESPACE, name(pool)).toString();
    }

    private static String name(String pool) {
        return "cnishift-hold-" + pool;
    }

    private static Map<String, Object> tree(Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return tree;
    }
}
