package io.cnishift.simulator.wrong;

import static io.cnishift.simulator.wrong.TestCluster.daemonSet;
import static io.cnishift.simulator.wrong.TestCluster.deployment;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What goes wrong with instances, subnets, add-ons and load balancers. */
final class AwsMistakes {

    private static final String GOV_GROUP = "gov-workers";
    private static final String NO_CNI = "cni plugin not initialized";

    private AwsMistakes() {}

    static Stream<Mistake> all() {
        return Stream.of(
                new Mistake(
                        13,
                        "an IP-mode target group is left over overlay pods",
                        List.of("overlay-outside-vpc"),
                        "no route to the overlay address",
                        AwsMistakes::ipTargets),
                new Mistake(
                        14,
                        "a field that a managed add-on owns is patched",
                        List.of("addon-drift"),
                        "aws-node is back",
                        AwsMistakes::patchedAffinity),
                new Mistake(
                        15,
                        "a surge asks for more addresses than the subnet has",
                        List.of("subnet-size"),
                        "InsufficientFreeAddressesInSubnet",
                        AwsMistakes::surge),
                new Mistake(
                        15,
                        "a new node gets the last address and its pods get none",
                        List.of("subnet-size"),
                        "failed to assign an IP address to container",
                        AwsMistakes::noneForPods),
                new Mistake(
                        18,
                        "max-pods stays what the VPC CNI could do",
                        List.of("kubelet-max-pods"),
                        "Too many pods",
                        AwsMistakes::maxPods),
                new Mistake(
                        21,
                        "an instance of the old group is ended after the fence and not parked",
                        List.of("auto-scaling"),
                        NO_CNI,
                        AwsMistakes::replaced),
                new Mistake(
                        21,
                        "a zone of the old group is emptied after the fence with AZRebalance on",
                        List.of("az-rebalance"),
                        NO_CNI,
                        AwsMistakes::rebalanced),
                new Mistake(
                        21,
                        "a group in use evens out its zones after a launch that failed",
                        List.of("az-rebalance", "lost-targets"),
                        "in rotation: requests to it failed",
                        AwsMistakes::evenedOut),
                new Mistake(
                        21,
                        "an instance of the old group fails after the fence with ReplaceUnhealthy on",
                        List.of("replace-unhealthy", "auto-scaling"),
                        NO_CNI,
                        AwsMistakes::unhealthy),
                new Mistake(
                        22,
                        "an instance is ended while it is a registered target",
                        List.of("host-power", "instance-power"),
                        "does not run",
                        AwsMistakes::registeredTarget),
                new Mistake(
                        22,
                        "an instance is ended while connections drain from it",
                        List.of("lost-targets"),
                        "its connections were cut",
                        AwsMistakes::drainingTarget),
                new Mistake(
                        26,
                        "a NodePool is edited while it is in use",
                        List.of("karpenter-drift"),
                        "is gone",
                        AwsMistakes::editedPool),
                new Mistake(
                        28,
                        "a surge asks a full capacity reservation for one more",
                        List.of("reserved-capacity"),
                        "ReservationCapacityExceeded",
                        open -> oneMore(open, Clusters.with().reservedFree(0))),
                new Mistake(
                        28,
                        "a surge asks for one node more than the cluster may have",
                        List.of("node-quota"),
                        "VcpuLimitExceeded",
                        open -> oneMore(open, Clusters.with().nodeLimit(3))));
    }

    /** A label for the new CNI in the template of the old pool, which nobody but its editor owns. */
    private static Optional<String> editedPool(Mistake.Opener open) {
        ClusterSnapshot production = Asked.scenario("prod-50");
        TestCluster cluster = open.open(ClusterSnapshot.of(
                production.source(),
                production.takenAt(),
                production.resources().map(AwsMistakes::withoutOwner).toList(),
                production.unknown()));
        List<String> before = cluster.nodes();
        cluster.does(new PatchObject(
                ObjectRef.of("karpenter.sh/v1", "NodePool", "default"),
                PatchType.MERGE,
                Map.of("spec", Map.of("template", Map.of("metadata", Map.of("labels", Map.of("cni", "cilium"))))),
                Optional.empty()));
        cluster.minutes(15);
        return before.stream()
                .filter(node -> !cluster.nodes().contains(node))
                .findFirst()
                .map(node -> "node " + node + " is gone");
    }

    private static Resource withoutOwner(Resource resource) {
        return resource instanceof NodePool pool ? new NodePool(pool.name(), pool.spec(), Owner.NONE) : resource;
    }

    private static Optional<String> ipTargets(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.cilium(Cilium.VERSION, Cilium.everywhere(Map.of()));
        cluster.minutes(5);
        cluster.restart("web", "web");
        cluster.minutes(15);
        return cluster.lost(Question.of(From.CLIENT, "", To.URL, "service web/web", Protocol.HTTP, 80));
    }

    /** A term of the affinity keeps aws-node off a node, until EKS writes its own again. */
    private static Optional<String> patchedAffinity(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        String node = cluster.nodes().get(0);
        cluster.label(node, "cni", "cilium");
        Map<String, Object> elsewhere =
                Map.of("matchExpressions", List.of(Map.of("key", "cni", "operator", "DoesNotExist")));
        cluster.template(
                daemonSet("aws-node"),
                Tree.map(
                        Trees.with(
                                Map.of(),
                                List.of(elsewhere),
                                "patch",
                                "spec",
                                "affinity",
                                "nodeAffinity",
                                "requiredDuringSchedulingIgnoredDuringExecution",
                                "nodeSelectorTerms"),
                        "patch"));
        cluster.minutes(5);
        boolean gone = !awsNodeRunsOn(cluster, node);
        cluster.minutes(20);
        return gone && awsNodeRunsOn(cluster, node) ? Optional.of("aws-node is back on " + node) : Optional.empty();
    }

    private static boolean awsNodeRunsOn(TestCluster cluster, String node) {
        return cluster.pods("kube-system", "aws-node").stream()
                .anyMatch(p ->
                        Tree.text(p, "spec", "nodeName").filter(node::equals).isPresent());
    }

    private static Optional<String> oneMore(Mistake.Opener open, Clusters three) {
        TestCluster cluster = open.open(three.build());
        cluster.does(new SetGroupSize(Clusters.GROUP, 1, 8, 4));
        cluster.minutes(10);
        return cluster.group(Clusters.GROUP).issues().stream().findFirst();
    }

    private static Optional<String> surge(Mistake.Opener open) {
        TestCluster cluster = open.open(Asked.scenario("govcloud-26"));
        cluster.does(new SetGroupSize(GOV_GROUP, 3, 9, 9));
        cluster.minutes(20);
        return cluster.group(GOV_GROUP).issues().stream().findFirst();
    }

    private static Optional<String> noneForPods(Mistake.Opener open) {
        TestCluster cluster = open.open(Asked.scenario("govcloud-26"));
        cluster.does(new SetGroupSize(GOV_GROUP, 3, 4, 4));
        cluster.minutes(5);
        cluster.patch(deployment("portal", "search"), Map.of("spec", Map.of("replicas", 12)));
        cluster.minutes(10);
        return cluster.stuck("portal", "search");
    }

    /** Nodes are made anew for the overlay, from a template that says nothing of max-pods. */
    private static Optional<String> maxPods(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with().nodes(2).build());
        Cilium.alone(cluster, Map.of());
        NodeGroup group = cluster.group(Clusters.GROUP);
        cluster.does(new SetGroupSize(group.name(), 2, 6, 4));
        cluster.template(
                deployment("web", "web"),
                Map.of(
                        "spec",
                        Map.of(
                                "containers",
                                List.of(Map.of(
                                        "name",
                                        "web",
                                        "resources",
                                        Map.of("requests", Map.of("cpu", "1m", "memory", "1Mi")))))));
        cluster.patch(deployment("web", "web"), Map.of("spec", Map.of("replicas", 150)));
        cluster.minutes(20);
        return cluster.stuck("web", "web");
    }

    private static Optional<String> replaced(Mistake.Opener open) {
        TestCluster cluster = fenced(open.open(Clusters.healthy()));
        cluster.does(new TerminateInstance(instance(cluster, 0), Clusters.GROUP, false));
        cluster.minutes(20);
        return cluster.notReady(NO_CNI);
    }

    private static Optional<String> rebalanced(Mistake.Opener open) {
        TestCluster cluster = fenced(open.open(Clusters.with().nodes(4).build()));
        List<String> zone = cluster.trees("Node").stream()
                .filter(n -> Tree.strings(n, "metadata", "labels")
                        .getOrDefault("topology.kubernetes.io/zone", "")
                        .endsWith("a"))
                .map(AwsMistakes::instance)
                .toList();
        zone.forEach(i -> cluster.does(new TerminateInstance(i, Clusters.GROUP, true)));
        cluster.minutes(20);
        return cluster.notReady(NO_CNI);
    }

    /** Two more nodes, the one of zone b in zone a as well. */
    private static Optional<String> evenedOut(Mistake.Opener open) {
        TestCluster cluster =
                open.open(Clusters.with().nodes(4).targetType("instance").build(), Map.of("zone-capacity", "b:1"));
        cluster.does(new SetGroupSize(Clusters.GROUP, 3, 8, 6));
        cluster.minutes(20);
        return cluster.suffered("SIM-TARGET-LOST");
    }

    private static Optional<String> unhealthy(Mistake.Opener open) {
        TestCluster cluster = fenced(open.open(Clusters.healthy(), Map.of("lost-node", "10m")));
        cluster.minutes(25);
        return cluster.notReady(NO_CNI);
    }

    /** The VPC CNI is for the nodes of now only, and Cilium stands beside it. */
    private static TestCluster fenced(TestCluster cluster) {
        Cilium.fence(cluster, "");
        cluster.cilium(Cilium.VERSION, Cilium.beside(Map.of()));
        cluster.minutes(5);
        return cluster;
    }

    private static Optional<String> registeredTarget(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with().targetType("instance").build());
        empty(cluster, cluster.nodes().get(0));
        cluster.does(new TerminateInstance(instance(cluster, 0), Clusters.GROUP, true));
        cluster.seconds(10);
        return cluster.lost(Question.of(From.CLIENT, "", To.URL, "service web/web", Protocol.HTTP, 80));
    }

    /** The label takes the node out of its target groups, and it takes five minutes until the last connection is over. */
    private static Optional<String> drainingTarget(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with().targetType("instance").build());
        String node = cluster.nodes().get(0);
        empty(cluster, node);
        cluster.label(node, "node.kubernetes.io/exclude-from-external-load-balancers", "true");
        cluster.minutes(1);
        cluster.does(new TerminateInstance(instance(cluster, 0), Clusters.GROUP, true));
        cluster.minutes(10);
        return cluster.suffered("SIM-TARGET-LOST");
    }

    /** Cordons a node and moves its pods, one after the other. */
    private static void empty(TestCluster cluster, String node) {
        cluster.patch(ObjectRef.of("v1", "Node", node), Map.of("spec", Map.of("unschedulable", true)));
        for (Map<String, Object> pod : cluster.trees("Pod")) {
            if (Tree.text(pod, "spec", "nodeName").filter(node::equals).isPresent()
                    && !Tree.flag(pod, "spec", "hostNetwork")) {
                cluster.delete(pod);
                cluster.minutes(1);
            }
        }
        cluster.minutes(2);
    }

    private static String instance(TestCluster cluster, int node) {
        return instance(cluster.trees("Node").get(node));
    }

    private static String instance(Map<String, Object> node) {
        String id = Tree.text(node, "spec", "providerID").orElseThrow();
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
