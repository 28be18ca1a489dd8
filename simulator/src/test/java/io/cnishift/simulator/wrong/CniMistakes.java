package io.cnishift.simulator.wrong;

import static io.cnishift.simulator.wrong.TestCluster.daemonSet;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.NodeGroup;
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

/** What goes wrong between the VPC CNI, Cilium's agents and kube-proxy. */
final class CniMistakes {

    private static final String NO_ADDRESS = "failed to assign an IP address to container";

    private CniMistakes() {}

    static Stream<Mistake> all() {
        return Stream.of(
                new Mistake(
                        1,
                        "aws-node is patched before the nodes are labelled",
                        List.of("aws-node-end", "daemon-sets"),
                        NO_ADDRESS,
                        CniMistakes::patchedFirst),
                new Mistake(
                        2,
                        "BPF masquerade without kube-proxy replacement on 1.18",
                        List.of("cilium-fatal-bpf-masquerade-without-replacement"),
                        "BPF masquerade requires NodePort",
                        open -> crash(open, Map.of("bpf", Map.of("masquerade", true)))),
                new Mistake(
                        2,
                        "BPF masquerade with masquerading off",
                        List.of("cilium-fatal-bpf-masquerade-without-masquerade"),
                        "agent exits",
                        open -> crash(
                                open,
                                Map.of(
                                        "bpf", Map.of("masquerade", true),
                                        "kubeProxyReplacement", true,
                                        "enableIPv4Masquerade", false))),
                new Mistake(
                        3,
                        "a scheme in k8sServiceHost",
                        List.of("cilium-fatal-scheme-in-service-host"),
                        "agent exits",
                        open -> crash(open, Map.of("k8sServiceHost", "https://abc.eks.amazonaws.com"))),
                new Mistake(
                        8,
                        "aws-node is removed while nodes need it",
                        List.of("aws-node-end"),
                        NO_ADDRESS,
                        CniMistakes::removedEarly),
                new Mistake(
                        9,
                        "pods start on a new node before Cilium is ready",
                        List.of("unmanaged-pods", "aws-node"),
                        "has not been made again",
                        CniMistakes::tooEarly),
                new Mistake(
                        9,
                        "Cilium takes over new pods although it was to stand beside",
                        List.of("cilium-cni-conf"),
                        "(cilium)",
                        CniMistakes::takesOver),
                new Mistake(
                        10,
                        "the pool has fewer blocks than the cluster has nodes",
                        List.of("cilium-pod-cidr-needed"),
                        "exhausted",
                        CniMistakes::poolTooSmall),
                new Mistake(
                        20,
                        "kube-proxy is gone before Cilium knows another way to the API server",
                        List.of("cilium-api-server-access"),
                        "2 of 3",
                        CniMistakes::noWayToTheApiServer),
                new Mistake(
                        20,
                        "kube-proxy is gone and nobody keeps the Services",
                        List.of("service-translation"),
                        "does not lead there",
                        CniMistakes::staleServices),
                new Mistake(
                        27,
                        "pods with security groups of their own are moved to nodes without a trunk",
                        List.of("pod-eni-requests"),
                        "Insufficient vpc.amazonaws.com/pod-eni",
                        CniMistakes::withoutTrunk),
                new Mistake(
                        27,
                        "Cilium takes over the nodes of pods with security groups of their own",
                        List.of("pod-security-groups-lost"),
                        "it has the security groups of its node instead of [sg-0f",
                        CniMistakes::losesSecurityGroups),
                new Mistake(
                        27,
                        "pods that keep their branch interfaces in mode strict are to reach the overlay",
                        List.of("branch-routes"),
                        "is strict",
                        CniMistakes::strict),
                new Mistake(
                        34,
                        "the VPC CNI's policy agent is switched off while there is a policy",
                        List.of("stale-policy-endpoints"),
                        "DEGRADED",
                        open -> agentOff(open, false)),
                new Mistake(
                        37,
                        "a variable of aws-node is given to the add-on after somebody set it on the DaemonSet",
                        List.of("addon-preserves"),
                        "ACTIVE with WARM_IP_TARGET=5",
                        open -> keptVariable(open, false)),
                new Mistake(
                        39,
                        "aws-node is changed behind agents that are chained to it",
                        List.of("cilium-stale-conflist"),
                        "which is older than 10-aws.conflist",
                        open -> changedBehind(open, false)));
    }

    private static Optional<String> patchedFirst(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.template(
                daemonSet("aws-node"),
                Map.of("spec", Map.of("nodeSelector", Map.of("io.cilium/aws-node-enabled", "true"))));
        return withoutAwsNode(cluster);
    }

    private static Optional<String> removedEarly(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.does(new DeleteAddon("vpc-cni"));
        return withoutAwsNode(cluster);
    }

    private static Optional<String> withoutAwsNode(TestCluster cluster) {
        cluster.minutes(5);
        cluster.replaceOne("web", "web");
        cluster.minutes(5);
        return cluster.stuck("web", "web");
    }

    private static Optional<String> crash(Mistake.Opener open, Map<String, Object> values) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.cilium(Cilium.VERSION, Cilium.beside(values));
        cluster.minutes(10);
        boolean none = Tree.number(cluster.tree(daemonSet("cilium")), 0, "status", "numberReady") == 0;
        return none ? cluster.suffered("SIM-AGENT-CRASH") : Optional.empty();
    }

    /** New nodes are not fenced, so that what tolerates every taint is wired by the VPC CNI; later nobody knows it. */
    private static Optional<String> tooEarly(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.does(new ApplyObject(logs()));
        cluster.cilium(Cilium.VERSION, Cilium.everywhere(Map.of()));
        cluster.minutes(5);
        List<String> before = cluster.nodes();
        grow(cluster, 4);
        cluster.minutes(10);
        cluster.does(new DeleteAddon("vpc-cni"));
        cluster.minutes(5);
        return cluster.pods("web", "logs").stream()
                .filter(p -> !before.contains(Tree.text(p, "spec", "nodeName").orElseThrow()))
                .map(p -> "web/" + TestCluster.name(p))
                .flatMap(p ->
                        cluster.lost(Question.of(From.POD_ON, before.get(0), To.POD, p, Protocol.TCP, 8080)).stream())
                .findFirst();
    }

    private static Map<String, Object> logs() {
        Map<String, Object> spec = Map.of(
                "tolerations", List.of(Map.of("operator", "Exists")),
                "containers", List.of(Map.of("name", "logs", "image", "example.org/logs:1")));
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "DaemonSet",
                "metadata",
                Map.of("namespace", "web", "name", "logs"),
                "spec",
                Map.of(
                        "selector", Map.of("matchLabels", Map.of("app", "logs")),
                        "template", Map.of("metadata", Map.of("labels", Map.of("app", "logs")), "spec", spec)));
    }

    private static Optional<String> takesOver(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.cilium(Cilium.VERSION, Cilium.everywhere(Map.of()));
        cluster.minutes(5);
        return Optional.of(cluster.ask(Question.of(
                                From.POD_ON,
                                cluster.nodes().get(0),
                                To.NODE,
                                cluster.nodes().get(0),
                                Protocol.TCP,
                                22))
                        .evidence())
                .filter(e -> e.contains("(cilium)"));
    }

    private static Optional<String> poolTooSmall(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.cilium(
                Cilium.VERSION,
                Cilium.beside(Map.of(
                        "ipam", Map.of("operator", Map.of("clusterPoolIPv4PodCIDRList", List.of("10.244.0.0/23"))))));
        cluster.minutes(5);
        long ready = Tree.number(cluster.tree(daemonSet("cilium")), 0, "status", "numberReady");
        return cluster.trees("CiliumNode").stream()
                .flatMap(n -> Tree.text(n, "status", "ipam", "operator-status", "error").stream())
                .filter(e -> !e.isEmpty() && ready < 3)
                .map(e -> ready + " of 3 agents are ready: " + e)
                .findFirst();
    }

    private static Optional<String> noWayToTheApiServer(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with().nodes(2).build());
        cluster.does(new DeleteAddon("kube-proxy"));
        cluster.minutes(2);
        cluster.cilium(Cilium.VERSION, Cilium.beside(Map.of("kubeProxyReplacement", true)));
        grow(cluster, 1);
        cluster.minutes(10);
        Map<String, Object> agents = cluster.tree(daemonSet("cilium"));
        long ready = Tree.number(agents, 0, "status", "numberReady");
        long wanted = Tree.number(agents, 0, "status", "desiredNumberScheduled");
        return ready < wanted ? Optional.of(ready + " of " + wanted + " agents are ready") : Optional.empty();
    }

    private static Optional<String> staleServices(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.does(new DeleteAddon("kube-proxy"));
        cluster.minutes(2);
        cluster.restart("web", "api");
        cluster.minutes(5);
        String pod = TestCluster.name(cluster.pods("web", "web").get(0));
        return cluster.lost(Question.of(From.POD, "web/" + pod, To.SERVICE, "web/api", Protocol.TCP, 80));
    }

    /** aws-node is fenced off new nodes, and the old ones take no pods any more. */
    private static Optional<String> withoutTrunk(Mistake.Opener open) {
        TestCluster cluster =
                open.open(Clusters.with().podSecurityGroups("standard").build());
        List<String> old = cluster.nodes();
        Cilium.fence(cluster, "");
        cluster.cilium(Cilium.VERSION, Cilium.everywhere(Map.of()));
        grow(cluster, 1);
        cluster.minutes(10);
        old.forEach(
                node -> cluster.patch(ObjectRef.of("v1", "Node", node), Map.of("spec", Map.of("unschedulable", true))));
        cluster.replaceOne("web", "api");
        cluster.minutes(5);
        return cluster.stuck("web", "api");
    }

    private static Optional<String> losesSecurityGroups(Mistake.Opener open) {
        TestCluster cluster =
                open.open(Clusters.with().podSecurityGroups("standard").build());
        Cilium.alone(cluster, Map.of());
        cluster.restart("web", "api");
        cluster.minutes(5);
        return cluster.suffered("SIM-POD-SECURITY-GROUPS-LOST");
    }

    private static Optional<String> strict(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with()
                .podSecurityGroups("strict")
                .env("AWS_EXTERNAL_SERVICE_CIDRS", "10.244.0.0/16")
                .build());
        String overlay = Cilium.hybrid(cluster, Map.of());
        return cluster.pods("web", "api").stream()
                .filter(p -> !overlay.equals(Tree.text(p, "spec", "nodeName").orElseThrow()))
                .map(p -> "web/" + TestCluster.name(p))
                .flatMap(p -> cluster.lost(Question.of(From.POD, p, To.POD_ON, overlay, Protocol.TCP, 8080)).stream())
                .findFirst();
    }

    /** Switches the policy agent on, and off again when it has had a policy, which goes first where it is withdrawn. */
    static Optional<String> agentOff(Mistake.Opener open, boolean withdrawn) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.template(
                daemonSet("aws-node"),
                Map.of("spec", Map.of("containers", List.of(Map.of("name", "aws-eks-nodeagent", "image", "agent:1")))));
        cluster.does(new UpdateAddon("vpc-cni", Map.of("enableNetworkPolicy", "true")));
        cluster.minutes(5);
        ObjectRef policy = ObjectRef.of("networking.k8s.io/v1", "NetworkPolicy", "web", "deny");
        cluster.does(new ApplyObject(Map.of(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "NetworkPolicy",
                "metadata",
                Map.of("namespace", "web", "name", "deny"),
                "spec",
                Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress")))));
        cluster.minutes(1);
        if (withdrawn) {
            cluster.does(new DeleteObject(policy, Optional.empty()));
            cluster.minutes(1);
        }
        cluster.does(new UpdateAddon("vpc-cni", Map.of("enableNetworkPolicy", "false")));
        cluster.minutes(20);
        return cluster.addon("vpc-cni")
                .filter(a -> !a.status().equals("ACTIVE"))
                .map(a -> a.status() + ": " + a.issues());
    }

    /** Gives the add-on a variable that was set on the DaemonSet, and taken off it first where it is handed back. */
    static Optional<String> keptVariable(Mistake.Opener open, boolean handedBack) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.template(daemonSet("aws-node"), variable(Map.of("name", "WARM_IP_TARGET", "value", "5")));
        cluster.minutes(5);
        if (handedBack) {
            cluster.template(daemonSet("aws-node"), variable(Map.of("name", "WARM_IP_TARGET", "$patch", "delete")));
            cluster.minutes(5);
        }
        cluster.does(new UpdateAddon("vpc-cni", Map.of("env", Map.of("WARM_IP_TARGET", "1"))));
        cluster.minutes(10);
        Map<String, Object> spec = Tree.map(cluster.tree(daemonSet("aws-node")), "spec", "template", "spec");
        return Tree.maps(spec, "containers").stream()
                .flatMap(c -> Tree.maps(c, "env").stream())
                .filter(e ->
                        Tree.text(e, "name").filter("WARM_IP_TARGET"::equals).isPresent())
                .flatMap(e -> Tree.text(e, "value").stream())
                .filter(v -> !v.equals("1"))
                .map(v -> cluster.addon("vpc-cni").map(Addon::status).orElse("") + " with WARM_IP_TARGET=" + v)
                .findFirst();
    }

    static Optional<String> changedBehind(Mistake.Opener open, boolean agentsStartAnew) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.cilium(Cilium.VERSION, Cilium.chained());
        cluster.minutes(5);
        cluster.template(daemonSet("aws-node"), variable(Map.of("name", "AWS_VPC_ENI_MTU", "value", "1500")));
        cluster.minutes(5);
        if (agentsStartAnew) {
            cluster.template(daemonSet("cilium"), Map.of("metadata", Map.of("annotations", Map.of("again", "1"))));
            cluster.minutes(5);
        }
        cluster.replaceOne("web", "web");
        cluster.minutes(5);
        return cluster.suffered("SIM-CONFLIST-STALE");
    }

    private static Map<String, Object> variable(Map<String, Object> item) {
        return Map.of("spec", Map.of("containers", List.of(Map.of("name", "aws-node", "env", List.of(item)))));
    }

    /** Gives the node group so many more nodes. */
    private static void grow(TestCluster cluster, int by) {
        NodeGroup group = cluster.group(Clusters.GROUP);
        cluster.does(new SetGroupSize(group.name(), group.minSize(), group.maxSize(), group.desiredSize() + by));
    }
}
