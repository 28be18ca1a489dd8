package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Constraint;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fact that rules the overlay out, one change to a cluster that has nothing wrong. */
final class RefusalTest {

    static Stream<Arguments> blockers() {
        return Stream.of(
                blocker("OVL-CLUSTER-NOT-ACTIVE", c -> c.cluster(x -> x.put("status", "UPDATING"))),
                blocker("OVL-AUTO-MODE", c -> c.cluster(x -> x.put("autoMode", true))),
                blocker("OVL-IPV6", c -> c.cluster(x -> x.put("ipFamily", "ipv6"))),
                blocker("OVL-HYBRID-NODES", c -> c.cluster(x -> x.put("hybridNodes", true))),
                blocker("OVL-FARGATE", c -> node(c, n -> label(n, "eks.amazonaws.com/compute-type", "fargate"))),
                blocker("OVL-AUTO-MODE", c -> node(c, n -> label(n, "eks.amazonaws.com/compute-type", "auto"))),
                blocker("OVL-WINDOWS", c -> node(c, n -> label(n, "kubernetes.io/os", "windows"))),
                blocker("OVL-NODE-UNSUITABLE", c -> node(c, n -> n.put("kernel", "5.4.242-155.348.amzn2.x86_64"))),
                blocker("OVL-NODE-UNSUITABLE", c -> node(c, n -> n.put("architecture", "ppc64le"))),
                blocker("OVL-NODE-UNSUITABLE", c -> node(c, n -> n.put("kernel", ""))),
                blocker("OVL-NODE-NOT-READY", c -> node(c, n -> n.put("ready", false))),
                blocker(
                        "OVL-ORPHAN-NODE",
                        c -> c.change("instances", "id", "i-01fee696ab5c7095d", i -> i.remove("nodeGroup"))),
                blocker("OVL-KARPENTER", c -> node(c, n -> label(n, "karpenter.sh/nodepool", "default"))),
                blocker("OVL-GROUP-UNHEALTHY", c -> group(c, g -> g.put("status", "DEGRADED"))),
                blocker("OVL-GROUP-UNHEALTHY", c -> group(c, g -> g.put("issues", List.of("AccessDenied")))),
                blocker("OVL-CILIUM-PRESENT", c -> c.add("ciliumNodes", "name: a\npodCidrs: [10.9.0.0/24]\n")),
                blocker("OVL-NO-VPC-CNI", c -> c.change("workloads", "name", "aws-node", w -> w.put("name", "other"))),
                blocker("OVL-VPC-CNI-UNSETTLED", c -> awsNode(c, w -> w.put("available", 3))),
                blocker(
                        "OVL-VPC-CNI-TOO-OLD",
                        c -> awsNode(c, w -> Env.image(w, "x/amazon-k8s-cni:v1.12.5-eksbuild.1"))),
                blocker("OVL-VPC-CNI-TOO-OLD", c -> awsNode(c, w -> Env.image(w, "x/amazon-k8s-cni"))),
                blocker(
                        "OVL-NODE-SELECTOR-OWNED",
                        c -> awsNode(c, w -> w.put("eksFields", List.of("spec.template.spec.nodeSelector.a")))),
                blocker(
                        "OVL-VARIABLE-KEPT",
                        c -> awsNode(c, w -> {
                            Env.set(w, "AWS_EXTERNAL_SERVICE_CIDRS", "10.9.0.0/16");
                            w.put(
                                    "heldFields",
                                    List.of(
                                            "spec.template.spec.containers[aws-node].env[AWS_EXTERNAL_SERVICE_CIDRS].value"));
                        })),
                blocker(
                        "OVL-ADDON-UNHEALTHY",
                        c -> c.change("addons", "name", "vpc-cni", a -> a.put("status", "DEGRADED"))),
                blocker(
                        "OVL-SECURITY-GROUPS-FOR-PODS",
                        c -> c.add("securityGroupPolicies", "namespace: default\nname: a\nsecurityGroups: [sg-1]\n")),
                blocker(
                        "OVL-POD-GROUPS-CUT-OFF",
                        c -> c.add("securityGroupPolicies", "namespace: shop\nname: a\nsecurityGroups: [sg-1]\n")
                                .option("securityGroupsForPods", "leave")
                                .change("workloads", "name", "aws-node", w -> Env.set(w, "ENABLE_POD_ENI", "true"))),
                blocker(
                        "OVL-NO-IMAGES",
                        c -> c.change(
                                "routeTables",
                                "id",
                                "rtb-0da14e4aaa423ac19",
                                t -> t.put(
                                        "routes", List.of(Map.of("destination", "10.20.0.0/16", "target", "local"))))),
                blocker("OVL-DNS-SINGLE", c -> c.change("workloads", "name", "coredns", w -> w.put("desired", 1))),
                blocker(
                        "OVL-CILIUM-PORT-TAKEN",
                        c -> c.change("workloads", "name", "eks-node-monitoring-agent", w -> Env.port(w, "x", 4244))),
                blocker("OVL-INGRESS-RESOURCE", c -> c.add("ingresses", ingress("one", "web", ""))),
                blocker(
                        "OVL-INGRESS-SHARED",
                        c -> c.add("ingresses", ingress("one", "web")).add("ingresses", ingress("two", "web"))),
                blocker("OVL-POD-RANGE-OVERLAP", c -> c.option("podCidr", "10.20.64.0/18")),
                blocker("OVL-POD-RANGE-OVERLAP", c -> c.option("podCidr", "10.100.0.0/16")),
                blocker("OVL-POD-RANGE-OVERLAP", c -> c.option("podCidr", "172.16.0.0/14")),
                blocker("OVL-POOL-TOO-SMALL", c -> c.option("podCidr", "100.64.0.0/24")),
                blocker("OVL-OPTIONS-CONFLICT", c -> c.option("surge", Map.of("nobody", 1))),
                blocker("OVL-OPTIONS-CONFLICT", c -> c.option("nodes", "same-group")),
                blocker(
                        "OVL-OPTIONS-CONFLICT",
                        c -> c.option("surge", Map.of("workers", 1)).option("maxUnavailable", 2)),
                blocker(
                        "OVL-OPTIONS-CONFLICT",
                        c -> c.option("surge", Map.of("workers", 0)).option("hybrid", "isolated")),
                blocker("OVL-POD-RANGE-OVERLAP", c -> c.option("podCidr", "169.254.0.0/16")),
                blocker(
                        "OVL-POD-RANGE-OVERLAP",
                        c -> c.edit(tree -> Tree.map(tree, "vpc")
                                .put("routed", List.of(Map.of("cidr", "10.244.0.0/15", "via", "pcx-1"))))),
                blocker("OPT-INVALID", c -> c.option("ciliumVersion", "1.17")),
                blocker("OPT-INVALID", c -> c.option("podCidr", "fd00::/56")),
                blocker("OPT-INVALID", c -> c.option("imdsHopLimit", 65)),
                blocker("OVL-PINNED", c -> c.change("workloads", "namespace", "shop", w -> selector(w, "disk", "ssd"))),
                blocker(
                        "OVL-PINNED",
                        c -> c.change(
                                "workloads", "namespace", "shop", w -> selector(w, "kubernetes.io/hostname", "a"))),
                blocker(
                        "OVL-PINNED",
                        c -> c.change(
                                "workloads",
                                "namespace",
                                "shop",
                                w -> selector(w, "eks.amazonaws.com/nodegroup", "workers"))),
                blocker("OVL-NO-CAPACITY", c -> c.change("pods", "namespace", "shop", p -> p.put("memoryMiB", 3200))),
                blocker(
                        "OVL-NO-ROOM-IN-GROUP",
                        c -> group(c, g -> g.put("maxSize", 4)).option("nodes", "same-group")),
                blocker("OVL-FORBIDDEN", c -> c.forbid(Constraint.NODE_REPLACEMENT)),
                blocker("OVL-FORBIDDEN", c -> c.forbid(Constraint.UNSUPPORTED_CNI)),
                blocker("OVL-UNKNOWN-FACT", c -> unknown(c, "launch-templates")),
                blocker("OVL-UNKNOWN-FACT", c -> unknown(c, "control-plane-calls")),
                blocker("CILIUM-OWNED-VALUE", c -> c.values(Map.of("routingMode", "native"))),
                blocker("CILIUM-UNKNOWN-VALUE", c -> c.values(Map.of("routngMode", "tunnel"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blockers")
    void refuses(String code, UnaryOperator<Clusters> change) {
        Clusters broken = change.apply(Clusters.clean());
        assertThat(broken.refusal()).contains(code);
        if (!code.equals("OPT-INVALID")) {
            assertThat(broken.assess().feasible()).isFalse();
        }
    }

    @Test
    void nodesThatOnlyAnInternetGatewayLeadsOutGetImagesByAPublicAddressOrNotAtAll() {
        Clusters inside = Clusters.clean()
                .changeAll(
                        "routeTables",
                        t -> t.put("routes", List.of(Map.of("destination", "0.0.0.0/0", "target", "igw-1"))));

        assertThat(inside.findings("OVL-NO-IMAGES"))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .startsWith("its default route leads to an internet gateway, and its nodes have no public address");
        assertThat(inside.changeAll("subnets", s -> s.put("publicAddresses", true))
                        .findings("OVL-NO-IMAGES"))
                .isEmpty();
        assertThat(inside.changeAll("instances", i -> i.put("publicAddress", true))
                        .findings("OVL-NO-IMAGES"))
                .as("of its launch template")
                .isEmpty();
    }

    @Test
    void plansTheClusterThatHasNothingWrong() {
        assertThat(Clusters.clean().refusal()).isEmpty();
        assertThat(Clusters.clean().assess().feasible()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hybird, isolated, hybrid",
        "hybrid, isolate, isolated",
        "nodes, samegroup, same-group",
        "kubeProxyReplacement, newnodes, new-nodes",
        "controlPlanePods, hostnetwork, host-network",
        "ciliumVersion, 1.21, 1.19",
    })
    void namesWhatWasMeant(String option, String value, String meant) {
        Clusters wrong = Clusters.clean().option(option, value);
        assertThat(wrong.refusal()).containsExactly("OPT-INVALID");
        assertThat(stopping(wrong))
                .singleElement()
                .satisfies(f -> assertThat(f.message() + " " + f.remedy()).contains(meant));
    }

    @Test
    void namesTheChartValueThatWasMeantInTheRightVersion() {
        Clusters wrong = Clusters.clean().values(Map.of("hubble", Map.of("relai", Map.of("replicas", 2))));
        assertThat(stopping(wrong))
                .singleElement()
                .satisfies(f -> assertThat(f.message() + f.remedy()).contains("hubble.relay"));
        Map<String, Object> strict = Map.of("encryption", Map.of("strictMode", Map.of("cidr", "10.244.0.0/16")));
        assertThat(Clusters.clean().values(strict).refusal()).contains("CILIUM-REMOVED-VALUE");
        assertThat(Clusters.clean()
                        .option("ciliumVersion", "1.19")
                        .values(strict)
                        .refusal())
                .doesNotContain("CILIUM-REMOVED-VALUE");
    }

    @Test
    void saysWhyAPhaseOwnsAValue() {
        Clusters owned = Clusters.clean().values(Map.of("policyEnforcementMode", "always"));
        assertThat(stopping(owned))
                .allMatch(f -> f.code().equals("CILIUM-OWNED-VALUE"))
                .extracting(Finding::message)
                .anyMatch(m -> m.contains("traffic between the two kinds of pods"))
                .anyMatch(m -> m.contains("policies count from here on"));
    }

    private static List<Finding> stopping(Clusters clusters) {
        return clusters.plan()
                .fold(
                        planned -> List.of(),
                        refused -> refused.findings().stream()
                                .filter(Finding::stops)
                                .toList());
    }

    @Test
    void suggestsARangeThatNothingUses() {
        Clusters routed = Clusters.clean()
                .edit(tree ->
                        Tree.map(tree, "vpc").put("routed", List.of(Map.of("cidr", "10.0.0.0/8", "via", "tgw-1"))));
        assertThat(routed.findings("OVL-POD-RANGE-OVERLAP")).singleElement().satisfies(f -> {
            assertThat(f.message()).contains("10.0.0.0/8", "tgw-1");
            assertThat(f.remedy()).contains("podCidr=100.64.0.0/16");
        });
    }

    @Test
    void theRangeThatItSuggestsIsLargeEnough() {
        Clusters small = Clusters.minnieWallace().option("podCidr", "169.254.0.0/23");
        assertThat(small.findings("OVL-POD-RANGE-OVERLAP"))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.remedy()).contains("podCidr=10.244.0.0/22 "));
    }

    @Test
    void saysWhatItCouldNotReadWithoutGuessing() {
        Clusters unread = unknown(Clusters.clean(), "route-tables");
        assertThat(unread.findings("OVL-UNREAD-FACT")).singleElement().satisfies(f -> {
            assertThat(f.message()).contains("denied");
            assertThat(f.remedy()).isEqualTo("allow it");
        });
        assertThat(unread.refusal()).isEmpty();
        assertThat(unknown(Clusters.clean(), "eni-configs").findings("OVL-UNREAD-FACT"))
                .isEmpty();
        assertThat(unknown(Clusters.clean(), "dns-records", "nothing asked for it")
                        .findings("OVL-UNREAD-FACT"))
                .isEmpty();
    }

    @Test
    void forbidsLosingSecurityGroupsOnlyWhereThereAreAny() {
        Clusters careful = Clusters.clean().forbid(Constraint.LOSING_SECURITY_GROUPS_FOR_PODS);
        assertThat(careful.refusal()).isEmpty();
        Clusters policies = careful.add(
                        "securityGroupPolicies", "namespace: default\nname: a\nsecurityGroups: [sg-1]\n")
                .option("securityGroupsForPods", "drop");
        assertThat(policies.refusal()).contains("OVL-FORBIDDEN");
        assertThat(policies.option("securityGroupsForPods", "leave").refusal()).isEmpty();
    }

    private static String ingress(String name, String... services) {
        String rules = Stream.of(services)
                .map(s -> "{host: \"\", path: /" + s + ", pathType: Prefix, service: \"" + s + "\", port: \"80\"}")
                .collect(Collectors.joining(", "));
        return "namespace: shop\nname: " + name + "\nuid: u-" + name + "\nresourceVersion: \"1\"\ningressClass: alb\n"
                + "rules: [" + rules + "]\nannotations: {alb.ingress.kubernetes.io/target-type: ip}\n"
                + "owner: {kind: none, name: \"\"}\n";
    }

    private static Arguments blocker(String code, UnaryOperator<Clusters> change) {
        return Arguments.of(code, change);
    }

    private static Clusters node(Clusters clusters, Consumer<Map<String, Object>> change) {
        return clusters.edit(tree -> change.accept(Tree.maps(tree, "nodes").get(0)));
    }

    private static Clusters group(Clusters clusters, Consumer<Map<String, Object>> change) {
        return clusters.change("nodeGroups", "name", "workers", change);
    }

    private static Clusters awsNode(Clusters clusters, Consumer<Map<String, Object>> change) {
        return clusters.change("workloads", "name", "aws-node", change);
    }

    private static void label(Map<String, Object> node, String key, String value) {
        Tree.map(node, "labels").put(key, value);
    }

    private static void selector(Map<String, Object> workload, String key, String value) {
        Tree.map(workload, "podSpec").put("nodeSelector", Map.of(key, value));
    }

    private static Clusters unknown(Clusters clusters, String part) {
        return unknown(clusters, part, "denied");
    }

    private static Clusters unknown(Clusters clusters, String part, String reason) {
        return clusters.add("unknown", "part: " + part + "\nsubject: \"\"\nreason: " + reason + "\nremedy: allow it\n");
    }
}
