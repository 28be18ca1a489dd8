package io.cnishift.simulator.wrong;

import static io.cnishift.simulator.wrong.TestCluster.daemonSet;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.simulator.kit.Clusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What goes wrong with subnets of their own for pods. */
final class PodSubnetMistakes {

    private static final Cidr BLOCK = Cidr.parse("100.64.0.0/16");
    private static final String NO_CNI = "cni plugin not initialized";
    private static final Map<String, String> ON =
            Map.of("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true", "ENI_CONFIG_LABEL_DEF", "topology.kubernetes.io/zone");

    private PodSubnetMistakes() {}

    static Stream<Mistake> all() {
        return Stream.of(
                new Mistake(
                        17,
                        "custom networking is switched on before its ENIConfigs are there",
                        List.of("eni-config-needed"),
                        NO_CNI,
                        PodSubnetMistakes::withoutEniConfigs),
                new Mistake(
                        35,
                        "a webhook gets addresses of a block that the control plane does not know yet",
                        List.of("new-block-recognition", "admission-webhooks"),
                        "failed calling webhook",
                        PodSubnetMistakes::tooSoon),
                new Mistake(
                        36,
                        "translation is left to the network, and the pod subnets to a route table that leads nowhere",
                        List.of("internet-egress"),
                        "has no default route",
                        PodSubnetMistakes::leftOnTheMainTable),
                new Mistake(
                        38,
                        "pods get addresses of a block that the network ACL of the VPC does not admit",
                        List.of("network-acls"),
                        "does not admit tcp/9090 from 100.64.",
                        PodSubnetMistakes::shutOffByAcl));
    }

    private static Optional<String> withoutEniConfigs(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        env(cluster, ON);
        cluster.minutes(5);
        grow(cluster);
        cluster.minutes(10);
        return cluster.notReady(NO_CNI);
    }

    private static Optional<String> tooSoon(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        podSubnets(cluster);
        env(cluster, ON);
        cluster.minutes(5);
        onNewNodes(cluster);
        cluster.restart("kube-system", "aws-load-balancer-controller");
        cluster.minutes(5);
        return TestCluster.refusal(cluster.attempt(new ApplyObject(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("namespace", "web", "name", "another"),
                "spec",
                Map.of("selector", Map.of("app", "web"), "ports", List.of(Map.of("port", 80)))))));
    }

    private static Optional<String> leftOnTheMainTable(Mistake.Opener open) {
        TestCluster cluster = open.open(mainTableApart());
        podSubnets(cluster);
        Map<String, String> external = new HashMap<>(ON);
        external.put("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true");
        env(cluster, external);
        cluster.minutes(5);
        onNewNodes(cluster);
        cluster.restart("web", "web");
        cluster.minutes(5);
        return cluster.pods("web", "web").stream()
                .map(p -> "web/" + TestCluster.name(p))
                .flatMap(p -> cluster.lost(Question.of(From.POD, p, To.INTERNET, "", Protocol.TCP, 443)).stream())
                .findFirst();
    }

    private static Optional<String> shutOffByAcl(Mistake.Opener open) {
        TestCluster cluster = open.open(primaryRangeOnly());
        podSubnets(cluster);
        env(cluster, ON);
        cluster.minutes(5);
        onNewNodes(cluster);
        cluster.restart("web", "web");
        cluster.minutes(5);
        return cluster.pods("web", "web").stream()
                .map(p -> "web/" + TestCluster.name(p))
                .flatMap(p -> cluster.lost(Question.of(From.POD, p, To.SERVICE, "web/api", Protocol.TCP, 80)).stream())
                .findFirst();
    }

    /** The only network ACL admits what comes from the range of the nodes. */
    private static ClusterSnapshot primaryRangeOnly() {
        ClusterSnapshot healthy = Clusters.healthy();
        NetworkAcl acl = new NetworkAcl(
                "acl-0aaaaaaaaaaaaaaaa",
                true,
                List.of(),
                List.of(
                        new NetworkAcl.Rule(100, false, true, "-1", -1, -1, "10.0.0.0/16"),
                        new NetworkAcl.Rule(100, true, true, "-1", -1, -1, "0.0.0.0/0")));
        return ClusterSnapshot.of(
                healthy.source(),
                healthy.takenAt(),
                Stream.concat(healthy.resources(), Stream.of(acl)).toList(),
                List.of());
    }

    /** The nodes' route table is not the main one, which leads nowhere. */
    private static ClusterSnapshot mainTableApart() {
        ClusterSnapshot healthy = Clusters.healthy();
        List<Resource> resources = healthy.resources()
                .flatMap(r -> r instanceof RouteTable t
                        ? Stream.of(
                                new RouteTable(t.id(), false, t.subnets(), t.routes()),
                                new RouteTable("rtb-0bbbbbbbbbbbbbbbb", true, List.of(), List.of()))
                        : Stream.of(r))
                .toList();
        return ClusterSnapshot.of(healthy.source(), healthy.takenAt(), resources, List.of());
    }

    /** A subnet and an ENIConfig for each zone, made at once one after the other. */
    private static void podSubnets(TestCluster cluster) {
        String vpc = cluster.vpc();
        cluster.does(new AssociateCidrBlock(vpc, BLOCK));
        cluster.seconds(10);
        for (int i = 0; i < 2; i++) {
            String zone = i == 0 ? "eu-west-1a" : "eu-west-1b";
            cluster.does(new CreateSubnet(vpc, zone, BLOCK.nth(18, i), Map.of()));
            cluster.does(new ApplyObject(Map.of(
                    "apiVersion",
                    "crd.k8s.amazonaws.com/v1alpha1",
                    "kind",
                    "ENIConfig",
                    "metadata",
                    Map.of("name", zone),
                    "spec",
                    Map.of("subnet", cluster.subnet(BLOCK.nth(18, i))))));
        }
    }

    private static void env(TestCluster cluster, Map<String, String> env) {
        List<Map<String, String>> entries = env.entrySet().stream()
                .map(e -> Map.of("name", e.getKey(), "value", e.getValue()))
                .toList();
        cluster.template(
                daemonSet("aws-node"),
                Map.of("spec", Map.of("containers", List.of(Map.of("name", "aws-node", "env", entries)))));
    }

    /** Has pods that start from now on do so on nodes that have no interface of before. */
    private static void onNewNodes(TestCluster cluster) {
        List<String> old = cluster.nodes();
        grow(cluster);
        cluster.minutes(5);
        old.forEach(
                node -> cluster.patch(ObjectRef.of("v1", "Node", node), Map.of("spec", Map.of("unschedulable", true))));
    }

    private static void grow(TestCluster cluster) {
        NodeGroup group = cluster.group(Clusters.GROUP);
        cluster.does(new SetGroupSize(group.name(), group.minSize(), group.maxSize(), group.desiredSize() + 1));
    }
}
