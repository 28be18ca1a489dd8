package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rules about other pods: affinity, anti-affinity both ways, and topology spread. Source: Kubernetes documentation,
 * "Inter-pod affinity and anti-affinity" and "Pod Topology Spread Constraints".
 */
final class Neighbours {

    private final Collection<NodeLoad> nodes;

    Neighbours(Collection<NodeLoad> nodes) {
        this.nodes = nodes;
    }

    boolean affinityAllows(Candidate pod, NodeLoad node) {
        return pod.podTerms("podAffinity").stream()
                .allMatch(term -> domainHas(term, pod.namespace(), node) || selectsItselfFirst(term, pod));
    }

    boolean antiAffinityAllows(Candidate pod, NodeLoad node) {
        boolean own = pod.podTerms("podAntiAffinity").stream().noneMatch(t -> domainHas(t, pod.namespace(), node));
        return own && nodes.stream().noneMatch(other -> keepsOff(other, pod, node));
    }

    boolean spreadAllows(Candidate pod, NodeLoad node) {
        return pod.spreadConstraints().stream()
                .filter(c -> Tree.text(c, "whenUnsatisfiable")
                        .orElse("DoNotSchedule")
                        .equals("DoNotSchedule"))
                .allMatch(c -> skewWith(c, pod, node) <= Tree.number(c, 1, "maxSkew"));
    }

    /** Pods of the same controller on the node: the fewer the better. */
    static long siblings(Candidate pod, NodeLoad node) {
        return pod.controller().isEmpty()
                ? 0
                : node.pods().stream()
                        .filter(b -> b.controller().equals(pod.controller()))
                        .count();
    }

    /** The weights of preferred anti-affinity terms that the node would break. */
    long dislike(Candidate pod, NodeLoad node) {
        return Tree.maps(pod.spec(), "affinity", "podAntiAffinity", "preferredDuringSchedulingIgnoredDuringExecution")
                .stream()
                .filter(p -> domainHas(Tree.map(p, "podAffinityTerm"), pod.namespace(), node))
                .mapToLong(p -> Tree.number(p, 0, "weight"))
                .sum();
    }

    private boolean domainHas(Map<String, Object> term, String namespace, NodeLoad node) {
        String key = Tree.text(term, "topologyKey").orElse("");
        String domain = node.topology(key);
        return nodes.stream()
                .filter(other -> other.topology(key).equals(domain))
                .flatMap(other -> other.pods().stream())
                .anyMatch(b -> selects(term, namespace, b.namespace(), b.labels()));
    }

    /** The first pod of a group that wants to be near itself may go anywhere. */
    private boolean selectsItselfFirst(Map<String, Object> term, Candidate pod) {
        return selects(term, pod.namespace(), pod.namespace(), pod.labels())
                && nodes.stream()
                        .flatMap(n -> n.pods().stream())
                        .noneMatch(b -> selects(term, pod.namespace(), b.namespace(), b.labels()));
    }

    private static boolean keepsOff(NodeLoad other, Candidate pod, NodeLoad node) {
        for (NodeLoad.Bound bound : other.pods()) {
            for (Map<String, Object> term : bound.antiAffinity()) {
                String key = Tree.text(term, "topologyKey").orElse("");
                boolean same = other.topology(key).equals(node.topology(key));
                if (same && selects(term, bound.namespace(), pod.namespace(), pod.labels())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean selects(
            Map<String, Object> term, String home, String namespace, Map<String, String> labels) {
        List<String> namespaces = Tree.texts(term, "namespaces");
        boolean inNamespace = namespaces.isEmpty() ? home.equals(namespace) : namespaces.contains(namespace);
        return inNamespace && Selectors.matches(Tree.map(term, "labelSelector"), labels);
    }

    private long skewWith(Map<String, Object> constraint, Candidate pod, NodeLoad node) {
        String key = Tree.text(constraint, "topologyKey").orElse("");
        Map<String, Long> counts = new HashMap<>();
        for (NodeLoad other : nodes) {
            if (!other.topology(key).isEmpty() && NodeAffinity.allows(pod.spec(), other.node())) {
                long matching = other.pods().stream()
                        .filter(b -> selects(constraint, pod.namespace(), b.namespace(), b.labels()))
                        .count();
                counts.merge(other.topology(key), matching, Long::sum);
            }
        }
        long least = counts.values().stream().mapToLong(Long::longValue).min().orElse(0);
        return Objects.requireNonNullElse(counts.get(node.topology(key)), 0L) + 1 - least;
    }
}
