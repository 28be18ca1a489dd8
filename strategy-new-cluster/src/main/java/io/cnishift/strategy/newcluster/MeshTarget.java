package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.Migration;
import java.util.Comparator;
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
    private static final List<Kind> KINDS =
            List.of(new Kind("kube-dns", 53), new Kind(MeshMember.API_SERVER, MeshMember.API_PORT));

    MeshTarget {
        Objects.requireNonNull(address);
    }

    /** Pods with that label, and what they listen on. */
    private record Kind(String app, int port) {
        Map<String, String> labels() {
            return Map.of(LABEL, app);
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

    /** The one to ask, where there is one that is ready. */
    static Optional<MeshTarget> of(View view) {
        return KINDS.stream()
                .filter(kind -> open(view, kind))
                .flatMap(kind -> addresses(view, kind).map(at -> new MeshTarget(at, kind.port())))
                .findFirst();
    }

    private static Stream<String> addresses(View view, Kind kind) {
        return view.pods().stream()
                .filter(p -> p.namespace().equals(Migration.NAMESPACE)
                        && kind.app().equals(p.labels().get(LABEL))
                        && p.ready()
                        && !p.terminating()
                        && !p.hostNetwork())
                .flatMap(p -> p.address().stream())
                .sorted(Comparator.naturalOrder())
                .limit(1);
    }

    /** Policies that leave no pod to ask in that cluster, or let none ask from there. */
    static List<String> against(View view) {
        Stream<NetworkPolicy> asked = KINDS.stream().anyMatch(kind -> open(view, kind))
                ? Stream.of()
                : KINDS.stream().flatMap(kind -> over(view, Direction.IN, kind.labels()));
        // whatever labels pods have that ask: what covers them covers pods without any
        Stream<NetworkPolicy> asking = KINDS.stream().anyMatch(kind -> open(view, Direction.OUT, Map.of(), kind))
                ? Stream.of()
                : over(view, Direction.OUT, Map.of());
        return Stream.concat(asked, asking)
                .map(NetworkPolicy::key)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean open(View view, Kind kind) {
        return open(view, Direction.IN, kind.labels(), kind);
    }

    /** Whether no policy is over these pods, or one of them admits everybody or says of which clusters it admits pods: they add up. */
    private static boolean open(View view, Direction direction, Map<String, String> labels, Kind kind) {
        List<NetworkPolicy> over = over(view, direction, labels).toList();
        return over.isEmpty() || over.stream().anyMatch(p -> admits(p, direction, kind));
    }

    private static Stream<NetworkPolicy> over(View view, Direction direction, Map<String, String> labels) {
        return view.all(Part.NETWORK_POLICIES, NetworkPolicy.class).stream()
                .filter(p -> p.namespace().equals(Migration.NAMESPACE))
                .filter(p -> direction == Direction.IN ? p.ingress() : p.egress())
                .filter(p -> p.selects(labels));
    }

    private static boolean admits(NetworkPolicy policy, Direction direction, Kind kind) {
        return Tree.maps(policy.rules(), direction.section).stream()
                .filter(rule -> listens(rule, kind))
                .map(rule -> Tree.maps(rule, direction.side))
                .anyMatch(peers -> peers.isEmpty() || peers.stream().anyMatch(MeshPolicy::namesCluster));
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
