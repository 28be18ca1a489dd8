package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Node selector and node affinity of a pod spec, read once for all nodes. Source: Kubernetes documentation, "Assigning Pods to
 * Nodes".
 */
public final class NodeAffinity {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private final Map<String, String> selector;
    private final List<Map<String, Object>> required;
    private final List<Map<String, Object>> preferred;
    private final Optional<Set<String>> named;

    private NodeAffinity(Map<String, Object> spec) {
        selector = Tree.strings(spec, "nodeSelector");
        required = Tree.maps(spec, "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms");
        preferred = Tree.maps(spec, "affinity", "nodeAffinity", PREFERRED);
        named = readNamed(required);
    }

    /** Those of a pod spec. */
    public static NodeAffinity of(Map<String, Object> spec) {
        return Tree.known(spec, NodeAffinity.class, NodeAffinity::new);
    }

    /** Whether selector and required affinity allow the node. */
    public boolean allows(Node node) {
        return selected(node.labels())
                && (required.isEmpty() || required.stream().anyMatch(term -> matches(term, node)));
    }

    private boolean selected(Map<String, String> labels) {
        for (Map.Entry<String, String> wanted : selector.entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether some nodes are preferred to others. */
    boolean prefers() {
        return !preferred.isEmpty();
    }

    /** The weights of the preferred terms that the node meets. */
    long preference(Node node) {
        return preferred.isEmpty()
                ? 0
                : preferred.stream()
                        .filter(p -> matches(Tree.map(p, "preference"), node))
                        .mapToLong(p -> Tree.number(p, 0, "weight"))
                        .sum();
    }

    /** The only nodes that can be allowed, where every required term names some, as those of DaemonSet pods do. */
    Optional<Set<String>> named() {
        return named;
    }

    /** The labels by which nodes are allowed or not. */
    Set<String> labels() {
        Set<String> labels = new TreeSet<>(selector.keySet());
        for (Map<String, Object> term : required) {
            for (Map<String, Object> expression : Tree.maps(term, "matchExpressions")) {
                Tree.text(expression, "key").ifPresent(labels::add);
            }
        }
        return labels;
    }

    /** Whether nothing but labels decides. */
    boolean byLabelsAlone() {
        for (Map<String, Object> term : required) {
            if (!Tree.list(term, "matchFields").isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Set<String>> readNamed(List<Map<String, Object>> required) {
        Set<String> names = new TreeSet<>();
        for (Map<String, Object> term : required) {
            List<String> here = Tree.maps(term, "matchFields").stream()
                    .filter(f -> "metadata.name".equals(f.get("key")) && "In".equals(f.get("operator")))
                    .flatMap(f -> Tree.texts(f, "values").stream())
                    .toList();
            if (here.isEmpty()) {
                return Optional.empty();
            }
            names.addAll(here);
        }
        return required.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    /** Whether one term matches: all its expressions on labels and on the name. An empty term matches nothing. */
    static boolean matches(Map<String, Object> term, Node node) {
        List<Object> labels = Tree.list(term, "matchExpressions");
        List<Object> fields = Tree.list(term, "matchFields");
        return !(labels.isEmpty() && fields.isEmpty())
                && (labels.isEmpty() || Selectors.matches(Map.of("matchExpressions", labels), node.labels()))
                && (fields.isEmpty()
                        || Selectors.matches(Map.of("matchExpressions", fields), Map.of("metadata.name", node.name())));
    }
}
