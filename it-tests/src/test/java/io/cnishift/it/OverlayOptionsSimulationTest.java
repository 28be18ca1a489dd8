package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of the overlay, each from plan to end: no Service is below its minimum, and the end is as the option says. */
final class OverlayOptionsSimulationTest {

    private static final String POOL = "10.244.0.0/16";
    private static final String CUT = "OVL-KUBE-PROXY-CUT";
    private static final String ISOLATED = "OVL-ISOLATED";
    private static final String CONTROLLER = "aws-load-balancer-controller";

    private final OverlayBench bench = new OverlayBench();

    static Stream<OverlayCase> completeEnds() {
        return Stream.of(
                clean("hybrid=isolated").accepting(ISOLATED),
                minnie("hybrid=isolated").accepting(ISOLATED),
                clean("hybrid=isolated kubeProxyReplacement=new-nodes")
                        .accepting(ISOLATED)
                        .then(WITHOUT_KUBE_PROXY),
                clean("kubeProxyReplacement=new-nodes ciliumVersion=1.18").then(WITHOUT_KUBE_PROXY),
                clean("kubeProxyReplacement=after ciliumVersion=1.18")
                        .accepting(CUT)
                        .then(WITHOUT_KUBE_PROXY),
                clean("kubeProxyReplacement=after ciliumVersion=1.19")
                        .accepting(CUT)
                        .then(WITHOUT_KUBE_PROXY),
                minnie("kubeProxyReplacement=new-nodes hubble=ui").then(WITHOUT_KUBE_PROXY.andThen(end -> {
                    assertThat(end.running("hubble-relay")).hasSize(1);
                    assertThat(end.running("hubble-ui")).hasSize(1);
                })),
                minnie("kubeProxyReplacement=after").accepting(CUT).then(WITHOUT_KUBE_PROXY),
                clean("hubble=relay ciliumVersion=1.19.3").then(end -> {
                    assertThat(end.running("hubble-relay")).hasSize(1);
                    assertThat(end.running("hubble-ui")).isEmpty();
                    assertThat(end.view()
                                    .release("kube-system", "cilium")
                                    .orElseThrow()
                                    .chartVersion())
                            .isEqualTo("1.19.3");
                }),
                clean("surge.workers=0"),
                minnie("surge.workers=0"),
                clean("surge.workers=2 maxUnavailable=2"),
                clean("oldGroups=keep")
                        .then(end -> assertThat(end.view().nodeGroup("workers"))
                                .get()
                                .satisfies(kept -> {
                                    assertThat(kept.desiredSize()).isZero();
                                    assertThat(kept.suspendedProcesses()).contains("Launch");
                                })),
                clean("maxPods=110 podCidr=100.64.0.0/16")
                        .then(end -> assertThat(end.view().nodes()).allMatch(n -> n.maxPods() == 110)),
                minnie("imdsHopLimit=3")
                        .then(end -> assertThat(end.view().instancesOf("workers-overlay"))
                                .hasSize(4)
                                .allSatisfy(i -> assertThat(i.hopLimit()).isEqualTo(3))),
                clean("chart=oci://registry.example.com/charts/cilium")
                        .then(end -> assertThat(end.view().release("kube-system", "cilium"))
                                .isPresent()));
    }

    private static final Consumer<OverlayEnd> WITHOUT_KUBE_PROXY = end -> {
        assertThat(end.running("kube-proxy")).isEmpty();
        assertThat(end.view().workload("DaemonSet/kube-system/kube-proxy")).isEmpty();
    };

    @ParameterizedTest(name = "{0}")
    @MethodSource("completeEnds")
    void movesEveryPodWithoutAnOutage(OverlayCase asked) {
        OverlayEnd end = bench.run(asked);

        assertThat(end.report().outcome()).as(end.text()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.report().end()).contains(RunEnd.COMPLETE);
        assertThat(end.report().notModelled()).isEmpty();
        assertThat(end.violations()).isEmpty();
        assertThat(end.below()).isEmpty();
        String range = String.valueOf(asked.options().getOrDefault("podCidr", POOL));
        assertThat(end.addressed())
                .isNotEmpty()
                .allSatisfy(p -> assertThat(end.isIn(range, p)).as(p.key()).isTrue());
        assertThat(end.running("aws-node")).isEmpty();
        assertThat(end.pods()).allMatch(Pod::ready);
        assertThat(end.view().nodes()).hasSize(4).noneMatch(Node::unschedulable);
        asked.check().accept(end);
    }

    @Test
    void leavesPodsOfTheControlPlaneOnNodesOfTheVpcCni() {
        OverlayEnd end = bench.run(minnie("controlPlanePods=leave-on-vpc-cni"));

        assertThat(end.report().outcome()).as(end.text()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.report().end()).contains(RunEnd.HYBRID);
        assertThat(end.violations()).isEmpty();
        assertThat(end.below()).isEmpty();
        assertThat(end.running(CONTROLLER))
                .hasSize(2)
                .allSatisfy(p -> assertThat(end.isIn(POOL, p)).as(p.key()).isFalse());
        assertThat(end.report().deferred()).hasSize(2).allMatch(d -> d.pod().startsWith("kube-system/" + CONTROLLER));
        List<Node> left = end.view().nodesOf("workers");
        assertThat(left).as("its pods can start there again").hasSize(2).noneMatch(Node::unschedulable);
        assertThat(end.view().nodesOf("workers-overlay")).hasSize(2);
        assertThat(end.running("aws-node")).hasSize(2);
    }

    @Test
    void waitsForTheOwnerWhoMovesPodsOfTheControlPlane() {
        OverlayEnd end = bench.run(minnie("controlPlanePods=owner"));

        assertThat(end.report().outcome()).as(end.text()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.report().steps())
                .filteredOn(s -> s.executor() == Executor.OWNER)
                .singleElement()
                .satisfies(s -> assertThat(Duration.between(
                                s.startedAt().orElseThrow(), s.finishedAt().orElseThrow()))
                        .isGreaterThan(WorldFactory.Settings.OWNER_DELAY));
        assertThat(end.running(CONTROLLER)).hasSize(2).allMatch(Pod::hostNetwork);
    }

    @Test
    void countsTheOutageThatEvictingASingletonMeansAsConsentedTo() {
        OverlayEnd end = bench.run(minnie("singletons=evict")
                .accepting("OVL-SINGLETON-DOWN:Deployment/echo/echo")
                .accepting("OVL-SINGLETON-DOWN:Deployment/httpd/httpd")
                .accepting("OVL-SINGLETON-DOWN:Deployment/kube-system/" + CONTROLLER));

        assertThat(end.report().outcome()).as(end.text()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.report().end()).contains(RunEnd.COMPLETE);
        assertThat(end.below()).isEmpty();
        assertThat(end.belowByConsent()).contains("echo/echo", "httpd/httpd");
        assertThat(end.violations())
                .extracting(Finding::code, Finding::subject)
                .containsExactly(tuple("SIM-PATH-DOWN", "load balancer k8s-minnie-wallace:80 path=/echo"));
    }

    @Test
    void keepsTheNodeOfASingletonThatIsDeferred() {
        OverlayEnd end = bench.run(minnie("singletons=defer").accepting("OVL-UNDRAINABLE"));

        assertThat(end.report().outcome()).as(end.text()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.report().end()).contains(RunEnd.HYBRID);
        assertThat(end.below()).isEmpty();
        assertThat(end.violations()).isEmpty();
        assertThat(end.report().deferred()).anyMatch(d -> d.pod().startsWith("echo/echo-"));
    }

    @Test
    void replacesNodesWithinAnAutoScalingGroup() {
        OverlayCase same = clean("nodes=same-group")
                .with(tree -> OverlayCase.group(tree)
                        .putAll(Map.of(
                                "kind",
                                "self-managed",
                                "tags",
                                Map.of("kubernetes.io/cluster/clean-cluster", "owned"))));
        OverlayEnd end = bench.run(same);

        assertThat(end.report().outcome()).as(end.text()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.report().end()).contains(RunEnd.COMPLETE);
        assertThat(end.violations()).isEmpty();
        assertThat(end.below()).isEmpty();
        assertThat(end.view().nodeGroups()).extracting(NodeGroup::name).containsExactly("workers");
        assertThat(end.view().nodes()).hasSize(4).allMatch(n -> n.maxPods() == 58);
        assertThat(end.addressed()).allMatch(p -> end.isIn(POOL, p));
    }

    @Test
    void leavesPodsWithSecurityGroupsOnNodesOfTheVpcCni() {
        OverlayEnd end = bench.run(withSecurityGroups("securityGroupsForPods=leave"));

        assertThat(end.report().outcome()).as(end.text()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.report().end()).contains(RunEnd.HYBRID);
        assertThat(end.report().notModelled()).isEmpty();
        assertThat(end.violations()).isEmpty();
        assertThat(end.below()).isEmpty();
        assertThat(end.running("cart"))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(end.isIn(POOL, p)).isFalse());
        assertThat(end.view().nodesOf("workers")).isNotEmpty().noneMatch(Node::unschedulable);
        assertThat(nodes(end.running("aws-node")))
                .isEqualTo(nodes(end.running("cart")))
                .hasSize(end.view().nodesOf("workers").size());
    }

    @Test
    void movesPodsWhoseSecurityGroupsAreDropped() {
        OverlayEnd end =
                bench.run(withSecurityGroups("securityGroupsForPods=drop").accepting("OVL-SECURITY-GROUPS-LOST"));

        assertThat(end.report().outcome()).as(end.text()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.report().end()).contains(RunEnd.COMPLETE);
        assertThat(end.report().notModelled()).isEmpty();
        assertThat(end.violations()).isEmpty();
        assertThat(end.running("cart"))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(end.isIn(POOL, p)).isTrue());
        assertThat(end.below()).isEmpty();
    }

    private static Set<String> nodes(List<Pod> pods) {
        return pods.stream().map(p -> p.node().orElseThrow()).collect(Collectors.toSet());
    }

    private static OverlayCase withSecurityGroups(String options) {
        return clean(options)
                .with(tree -> tree.put(
                        "securityGroupPolicies",
                        List.of(Map.of(
                                "namespace",
                                "shop",
                                "name",
                                "cart",
                                "podSelector",
                                Map.of("matchLabels", Map.of("app", "cart")),
                                "securityGroups",
                                List.of("sg-0089ac1e4d704bcbf")))));
    }

    private static OverlayCase clean(String options) {
        return OverlayCase.of("clean-cluster", options);
    }

    private static OverlayCase minnie(String options) {
        return OverlayCase.of("minnie-wallace", options);
    }
}
