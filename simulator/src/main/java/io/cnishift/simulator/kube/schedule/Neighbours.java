package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.kube.schedule.PlacedPods.Placed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Rules about other pods as they concern one pod: affinity, anti-affinity both ways, and topology spread. The others are
 * looked at once; each node is then judged by its topology domains alone. Source: Kubernetes documentation, "Inter-pod
 * affinity and anti-affinity" and "Pod Topology Spread Constraints".
 */
final class Neighbours {

    private final Candidate pod;
    private final NodeLoads nodes;
    private final IdentityHashMap<Map<String, Object>, Set<String>> domains = new IdentityHashMap<>();
    private final IdentityHashMap<Map<String, Object>, Map<String, Long>> counts = new IdentityHashMap<>();
    private final Map<String, Set<String>> kept = new HashMap<>();

    Neighbours(Candidate pod, NodeLoads nodes) {
        this.pod = pod;
        this.nodes = nodes;
        nodes.mayKeepOff(pod.labels(), this::keep);
    }

    /** A pod may keep this one off the domain that it is in. */
    private void keep(Placed other) {
        for (Map<String, Object> term : other.pod().antiAffinity()) {
            if (selects(term, other.pod().namespace(), pod.namespace(), pod.labels())) {
                String key = topologyKey(term);
                kept.computeIfAbsent(key, k -> new HashSet<>()).add(topology(other, key));
            }
        }
    }

    private String topology(Placed placed, String key) {
        return nodes.topology(placed.node(), key);
    }

    boolean affinityAllows(NodeLoad node) {
        return pod.affinity().isEmpty()
                || pod.affinity().stream().allMatch(term -> domainHas(term, node) || selectsItselfFirst(term));
    }

    boolean antiAffinityAllows(NodeLoad node) {
        for (Map<String, Object> term : pod.antiAffinity()) {
            if (domainHas(term, node)) {
                return false;
            }
        }
        for (Map.Entry<String, Set<String>> domain : kept.entrySet()) {
            if (domain.getValue().contains(node.topology(domain.getKey()))) {
                return false;
            }
        }
        return true;
    }

    boolean spreadAllows(NodeLoad node) {
        return pod.spread().isEmpty()
                || pod.spread().stream().allMatch(c -> skewWith(c, node) <= Tree.number(c, 1, "maxSkew"));
    }

    /** The weights of preferred anti-affinity terms that the node would break. */
    long dislike(NodeLoad node) {
        return pod.dislikes().isEmpty()
                ? 0
                : pod.dislikes().stream()
                        .filter(p -> domainHas(Tree.map(p, "podAffinityTerm"), node))
                        .mapToLong(p -> Tree.number(p, 0, "weight"))
                        .sum();
    }

    private boolean domainHas(Map<String, Object> term, NodeLoad node) {
        return domains.computeIfAbsent(term, this::domains).contains(node.topology(topologyKey(term)));
    }

    private Set<String> domains(Map<String, Object> term) {
        Set<String> found = new HashSet<>();
        String key = topologyKey(term);
        selected(term, p -> found.add(topology(p, key)));
        return found;
    }

    /** The first pod of a group that wants to be near itself may go anywhere. */
    private boolean selectsItselfFirst(Map<String, Object> term) {
        return selects(term, pod.namespace(), pod.namespace(), pod.labels())
                && domains.computeIfAbsent(term, this::domains).isEmpty();
    }

    private void selected(Map<String, Object> term, Consumer<Placed> action) {
        List<String> named = Tree.texts(term, "namespaces");
        Map<String, Object> selector = Tree.map(term, "labelSelector");
        for (String namespace : named.isEmpty() ? List.of(pod.namespace()) : named) {
            for (Placed placed : nodes.candidates(namespace, selector)) {
                if (Selectors.matches(selector, placed.pod().labels())) {
                    action.accept(placed);
                }
            }
        }
    }

    private static boolean selects(
            Map<String, Object> term, String home, String namespace, Map<String, String> labels) {
        List<Object> namespaces = Tree.list(term, "namespaces");
        boolean inNamespace = namespaces.isEmpty() ? home.equals(namespace) : namespaces.contains(namespace);
        return inNamespace && Selectors.matches(Tree.map(term, "labelSelector"), labels);
    }

    private static String topologyKey(Map<String, Object> term) {
        return Tree.text(term, "topologyKey").orElse("");
    }

    private long skewWith(Map<String, Object> constraint, NodeLoad node) {
        Map<String, Long> byDomain = counts.computeIfAbsent(constraint, this::countsByDomain);
        long least = byDomain.values().stream().mapToLong(Long::longValue).min().orElse(0);
        return Objects.requireNonNullElse(byDomain.get(node.topology(topologyKey(constraint))), 0L) + 1 - least;
    }

    /** Matching pods in every domain of which the pod may use a node. */
    private Map<String, Long> countsByDomain(Map<String, Object> constraint) {
        String key = topologyKey(constraint);
        Map<String, Long> byDomain = new HashMap<>();
        Set<String> among = new HashSet<>();
        for (NodeLoad node : nodes.all()) {
            if (!node.topology(key).isEmpty() && pod.nodeAffinity().allows(node.node())) {
                among.add(node.node().name());
                byDomain.putIfAbsent(node.topology(key), 0L);
            }
        }
        selected(constraint, p -> {
            if (among.contains(p.node())) {
                byDomain.merge(topology(p, key), 1L, Long::sum);
            }
        });
        return byDomain;
    }
}
