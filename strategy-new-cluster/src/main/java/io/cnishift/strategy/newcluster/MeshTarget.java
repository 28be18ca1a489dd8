package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.Migration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod that is asked whether its cluster is reached: one of DNS, which every cluster has, or of the API server of the mesh. Since Cilium 1.19 a
 * policy that names no cluster means pods of its own one, and policies of kube-system get none of ours beside them: a pod that such a policy
 * covers would say nothing of the mesh.
 */
record MeshTarget(String address, int port) {

    private static final String LABEL = "k8s-app";
    private static final List<Kind> KINDS = List.of(
            new Kind(Map.of(LABEL, "kube-dns", "eks.amazonaws.com/component", "coredns"), 53),
            new Kind(
                    Map.of(
                            LABEL,
                            MeshMember.API_SERVER,
                            "app.kubernetes.io/name",
                            MeshMember.API_SERVER,
                            "app.kubernetes.io/part-of",
                            "cilium"),
                    MeshMember.API_PORT));

    MeshTarget {
        Objects.requireNonNull(address);
    }

    /**
     * Pods to ask.
     *
     * @param labels what EKS or the chart gives them; pods are known by k8s-app alone, for not all have the rest
     * @param port what they listen on
     */
    private record Kind(Map<String, String> labels, int port) {

        List<Pod> pods(View view) {
            return view.pods().stream()
                    .filter(p -> p.namespace().equals(Migration.NAMESPACE)
                            && labels.getOrDefault(LABEL, "").equals(p.labels().get(LABEL))
                            && p.ready()
                            && !p.terminating()
                            && !p.hostNetwork())
                    .toList();
        }

        /** Labels of those that would be asked; where none is there yet, what they will have. */
        List<Map<String, String>> labels(View view) {
            List<Map<String, String>> there =
                    pods(view).stream().map(Pod::labels).distinct().toList();
            return there.isEmpty() ? List.of(labels) : there;
        }
    }

    private enum Direction {
        IN("ingress", "from"),
        OUT("egress", "to");

        private final String section;
        private final String side;

        Direction(String section, String side) {
            this.section = section;
            this.side = side;
        }
    }

    /**
     * The one to ask, where there is one that is ready.
     *
     * @param other name of the cluster that is to reach it
     */
    static Optional<MeshTarget> of(View view, String other) {
        return KINDS.stream()
                .flatMap(kind -> kind.pods(view).stream()
                        .filter(pod -> open(view, Direction.IN, pod.labels(), kind, other))
                        .flatMap(pod -> pod.address().stream())
                        .sorted()
                        .map(at -> new MeshTarget(at, kind.port())))
                .findFirst();
    }

    /** Policies that leave no pod to ask in that cluster from the other one, or let none ask from there. */
    static List<String> against(View view, String other) {
        boolean asked = KINDS.stream()
                .anyMatch(
                        kind -> kind.labels(view).stream().anyMatch(pod -> open(view, Direction.IN, pod, kind, other)));
        // whatever labels pods have that ask: what covers them covers pods without any
        boolean asking = KINDS.stream().anyMatch(kind -> open(view, Direction.OUT, Map.of(), kind, other));
        Stream<NetworkPolicy> in = asked
                ? Stream.of()
                : KINDS.stream()
                        .flatMap(kind -> kind.labels(view).stream())
                        .flatMap(pod -> over(view, Direction.IN, pod));
        Stream<NetworkPolicy> out = asking ? Stream.of() : over(view, Direction.OUT, Map.of());
        return Stream.concat(in, out)
                .map(NetworkPolicy::key)
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether no policy is over these pods, or one of them admits everybody or names the other cluster: they add up. */
    private static boolean open(View view, Direction direction, Map<String, String> labels, Kind kind, String other) {
        List<NetworkPolicy> over = over(view, direction, labels).toList();
        return over.isEmpty() || over.stream().anyMatch(p -> admits(p, direction, kind, other));
    }

    private static Stream<NetworkPolicy> over(View view, Direction direction, Map<String, String> labels) {
        return view.all(Part.NETWORK_POLICIES, NetworkPolicy.class).stream()
                .filter(p -> p.namespace().equals(Migration.NAMESPACE))
                .filter(p -> direction == Direction.IN ? p.ingress() : p.egress())
                .filter(p -> p.selects(labels));
    }

    private static boolean admits(NetworkPolicy policy, Direction direction, Kind kind, String other) {
        return Tree.maps(policy.rules(), direction.section).stream()
                .filter(rule -> listens(rule, kind))
                .map(rule -> Tree.maps(rule, direction.side))
                .anyMatch(peers -> peers.isEmpty() || peers.stream().anyMatch(p -> MeshPolicy.names(other, p)));
    }

    /** Whether a rule is about the port; one that has a name there may be another one. */
    private static boolean listens(Map<String, Object> rule, Kind kind) {
        List<Map<String, Object>> ports = Tree.maps(rule, "ports");
        return ports.isEmpty()
                || ports.stream()
                        .anyMatch(p -> Tree.text(p, "protocol").orElse("TCP").equals("TCP")
                                && String.valueOf(kind.port()).equals(String.valueOf(p.get("port"))));
    }
}
