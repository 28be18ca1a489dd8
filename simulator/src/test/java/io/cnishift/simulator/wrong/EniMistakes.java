package io.cnishift.simulator.wrong;

import static io.cnishift.simulator.wrong.TestCluster.daemonSet;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What goes wrong when Cilium manages the network interfaces of nodes. */
final class EniMistakes {

    private EniMistakes() {}

    static Stream<Mistake> all() {
        return Stream.of(
                new Mistake(
                        29,
                        "the operator has the role of its node, which has no right to make interfaces",
                        List.of("cilium-operator-ec2-rights"),
                        "UnauthorizedOperation",
                        open -> operatorExits(open.open(withRoleOfItsOwn()), Cilium.interfaces(Map.of()))),
                new Mistake(
                        30,
                        "a new node admits as many pods as with the VPC CNI",
                        List.of("cilium-eni-own-addresses"),
                        "No more IPs available",
                        EniMistakes::tooManyAdmitted),
                new Mistake(
                        31,
                        "masquerading is left off on nodes in public subnets",
                        List.of("internet-egress"),
                        "Cilium does not masquerade",
                        EniMistakes::noWayOut),
                new Mistake(
                        32,
                        "agents run on nodes of the VPC CNI",
                        List.of("cilium-eni-shared-interfaces"),
                        "which a pod of the VPC CNI on the same node has",
                        EniMistakes::bothOnOneNode),
                new Mistake(
                        33,
                        "ipam.mode is eni without eni.enabled before 1.20",
                        List.of("cilium-operator-variant"),
                        "not supported by this version",
                        open -> operatorExits(
                                open.open(Clusters.healthy()),
                                Cilium.interfaces(Map.of("eni", Map.of("enabled", false))))));
    }

    /** The VPC CNI has a role of its own, so that of the nodes need not have its rights. */
    private static ClusterSnapshot withRoleOfItsOwn() {
        ClusterSnapshot healthy = Clusters.healthy();
        List<Resource> resources = healthy.resources()
                .map(r -> r instanceof Addon a && a.name().equals("vpc-cni")
                        ? new Addon(
                                a.name(),
                                a.version(),
                                a.status(),
                                a.configuration(),
                                Optional.of("arn:aws:iam::111122223333:role/vpc-cni"),
                                false,
                                a.issues(),
                                a.tags())
                        : r)
                .toList();
        return ClusterSnapshot.of(healthy.source(), healthy.takenAt(), resources, List.of());
    }

    private static Optional<String> operatorExits(TestCluster cluster, Map<String, Object> values) {
        joined(cluster, values);
        boolean none = Tree.number(cluster.tree(daemonSet("cilium")), 0, "status", "numberReady") == 0;
        return none
                ? cluster.pods("kube-system", "cilium-operator").stream()
                        .map(p -> Tree.map(p, "status").toString())
                        .findFirst()
                : Optional.empty();
    }

    /** Without an Envoy of its own the chart takes three places on the host's network, the VPC CNI two besides the agent's. */
    private static Optional<String> tooManyAdmitted(Mistake.Opener open) {
        TestCluster cluster =
                open.open(Clusters.with().instanceType("t3.medium").build());
        List<String> old = cluster.nodes();
        joined(cluster, Cilium.interfaces(Map.of("envoy", Map.of("enabled", false))));
        old.forEach(
                node -> cluster.patch(ObjectRef.of("v1", "Node", node), Map.of("spec", Map.of("unschedulable", true))));
        cluster.patch(TestCluster.deployment("web", "web"), Map.of("spec", Map.of("replicas", 20)));
        cluster.minutes(10);
        return cluster.pods("web", "web").stream()
                .flatMap(p -> Tree.maps(p, "status", "containerStatuses").stream())
                .flatMap(c -> Tree.text(c, "state", "waiting", "message").stream())
                .filter(m -> m.contains("No more IPs available"))
                .findFirst();
    }

    private static Optional<String> noWayOut(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with().publicSubnets().build());
        String fresh = joined(cluster, Cilium.interfaces(Map.of()));
        return cluster.lost(Question.of(From.POD_ON, fresh, To.INTERNET, "", Protocol.TCP, 443));
    }

    private static Optional<String> bothOnOneNode(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.cilium(Cilium.VERSION, Cilium.interfaces(Map.of("affinity", Map.of())));
        cluster.minutes(5);
        cluster.restart("web", "web");
        cluster.restart("web", "api");
        cluster.minutes(5);
        return cluster.suffered("SIM-ADDRESS-TWICE");
    }

    /** A new node beside those of the VPC CNI, with Cilium alone; its name. */
    private static String joined(TestCluster cluster, Map<String, Object> values) {
        List<String> old = cluster.nodes();
        Cilium.fence(cluster, "");
        cluster.cilium(Cilium.VERSION, values);
        NodeGroup group = cluster.group(Clusters.GROUP);
        cluster.does(new SetGroupSize(group.name(), group.minSize(), group.maxSize(), group.desiredSize() + 1));
        cluster.minutes(10);
        return cluster.nodes().stream()
                .filter(n -> !old.contains(n))
                .findFirst()
                .orElseThrow();
    }
}
