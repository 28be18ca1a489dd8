package io.cnishift.simulator.wrong;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What goes wrong on the way from one end of the network to another. */
final class NetworkMistakes {

    private static final int KUBELET = 10_250;
    private static final String NO_WAY_BACK = "find no way back";

    private NetworkMistakes() {}

    static Stream<Mistake> all() {
        return Stream.of(
                new Mistake(
                        5,
                        "masquerading is off",
                        List.of("masquerade"),
                        NO_WAY_BACK,
                        open -> egress(open, Map.of("enableIPv4Masquerade", false))),
                new Mistake(
                        5,
                        "the native routing range covers the VPC",
                        List.of("masquerade"),
                        NO_WAY_BACK,
                        open -> egress(open, Map.of("ipv4NativeRoutingCIDR", "10.0.0.0/8"))),
                new Mistake(
                        6,
                        "CoreDNS is not made again",
                        List.of("unmanaged-pods"),
                        "has not been made again",
                        NetworkMistakes::coreDnsLeft),
                new Mistake(
                        6,
                        "the operator's watcher is left on beside the VPC CNI",
                        List.of("cilium-operator-unmanaged-pods"),
                        "the Cilium operator deleted it",
                        NetworkMistakes::watched),
                new Mistake(
                        7,
                        "external SNAT without a route past it to the overlay",
                        List.of("cross-cni-routes"),
                        "one way: the VPC CNI routes",
                        open -> oneWay(
                                open,
                                Clusters.with()
                                        .env("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true")
                                        .build(),
                                Map.of())),
                new Mistake(
                        7,
                        "Cilium's hook deletes the SNAT rules of nodes that stay",
                        List.of("cilium-removes-aws-rules", "cross-cni-routes"),
                        "its SNAT rules are gone",
                        open -> oneWay(
                                open,
                                Clusters.healthy(),
                                Map.of("cni", Map.of("customConf", true, "iptablesRemoveAWSRules", true)))),
                new Mistake(
                        11,
                        "the VXLAN port is closed between the nodes",
                        List.of("tunnel-port"),
                        "do not admit udp/8472",
                        NetworkMistakes::tunnelClosed),
                new Mistake(
                        12,
                        "the IMDS hop limit is too low for the overlay",
                        List.of("imds-hop-limit"),
                        "hop limit 2 and 3 are needed",
                        NetworkMistakes::metadata),
                new Mistake(
                        25,
                        "Cilium's images are left at quay.io where nodes have no way there",
                        List.of("image-pull", "internet-egress"),
                        "failed to pull image \"quay.io/cilium/cilium",
                        NetworkMistakes::unreachableRegistry));
    }

    private static Optional<String> egress(Mistake.Opener open, Map<String, Object> values) {
        TestCluster cluster = open.open(Clusters.healthy());
        Cilium.alone(cluster, values);
        List<String> nodes = cluster.nodes();
        return cluster.lost(Question.of(From.POD_ON, nodes.get(0), To.NODE, nodes.get(1), Protocol.TCP, KUBELET));
    }

    private static Optional<String> coreDnsLeft(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        Cilium.alone(cluster, Map.of());
        boolean runs = cluster.pods("kube-system", "coredns").size() == 2
                && cluster.stuck("kube-system", "coredns").isEmpty();
        return cluster.lost(Question.of(From.POD_ON, cluster.nodes().get(0), To.DNS, "web.web", Protocol.UDP, 53))
                .filter(e -> runs);
    }

    private static Optional<String> watched(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.cilium(Cilium.VERSION, Cilium.beside(Map.of("operator", Map.of())));
        cluster.minutes(5);
        return cluster.suffered("SIM-UNMANAGED-POD-RESTARTED");
    }

    /** From the VPC CNI's node to Cilium's nothing passes, while the other direction works. */
    private static Optional<String> oneWay(Mistake.Opener open, ClusterSnapshot snapshot, Map<String, Object> values) {
        TestCluster cluster = open.open(snapshot);
        String ciliums = Cilium.hybrid(cluster, values);
        String awss = cluster.nodes().get(0);
        Answer back = cluster.ask(Question.of(From.POD_ON, ciliums, To.POD_ON, awss, Protocol.TCP, 8080));
        return cluster.lost(Question.of(From.POD_ON, awss, To.POD_ON, ciliums, Protocol.TCP, 8080))
                .map(e -> (back.verdict() == Answer.Verdict.REACHED ? "one way: " : "no way: ")
                        + e.substring(e.indexOf(": ") + 2));
    }

    private static Optional<String> tunnelClosed(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with().tcpOnlyBetweenNodes().build());
        Cilium.alone(cluster, Map.of());
        List<String> nodes = cluster.nodes();
        return cluster.lost(Question.of(From.POD_ON, nodes.get(0), To.POD_ON, nodes.get(1), Protocol.TCP, 8080));
    }

    private static Optional<String> metadata(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        Cilium.alone(cluster, Map.of());
        return cluster.lost(Question.of(From.POD_ON, cluster.nodes().get(0), To.IMDS, "", Protocol.HTTP, 80));
    }

    private static Optional<String> unreachableRegistry(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with().noWayOut().build());
        cluster.cilium(Cilium.VERSION, Cilium.beside(Map.of()));
        cluster.minutes(5);
        return cluster.stuck("kube-system", "cilium");
    }
}
