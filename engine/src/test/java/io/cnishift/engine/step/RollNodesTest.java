package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.step.RollNodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RollNodesTest {

    private final RollNodesHandler handler = new RollNodesHandler();

    private static RollNodes params(String to, int surge, int unavailable, List<String> mayRemain, String template) {
        return params(to, surge, unavailable, mayRemain, template, false, List.of());
    }

    private static RollNodes params(
            String to,
            int surge,
            int unavailable,
            List<String> mayRemain,
            String template,
            boolean apart,
            List<String> keep) {
        return new RollNodes(
                "old",
                to,
                surge,
                unavailable,
                Map.of(),
                RollNodes.Singletons.ROLLOUT,
                false,
                false,
                List.of(),
                Make.CILIUM,
                List.of("node.cilium.io/agent-not-ready"),
                Optional.empty(),
                to.equals("new") ? 58 : 0,
                template,
                600,
                mayRemain,
                2,
                apart,
                keep,
                List.of(),
                RollNodes.Extent.ALL);
    }

    private static RollNodes canary(int nodes) {
        return with(params(nodes, 1), List.of(), RollNodes.Extent.CANARY);
    }

    private static RollNodes before(String later) {
        return with(params(1, 1), List.of(later), RollNodes.Extent.ALL);
    }

    private static RollNodes with(RollNodes all, List<String> later, RollNodes.Extent extent) {
        return new RollNodes(
                all.from(),
                all.to(),
                all.maxSurge(),
                all.maxUnavailable(),
                all.surgeBySubnet(),
                all.singletons(),
                all.deleteEmptyDirData(),
                all.evictBarePods(),
                all.consented(),
                all.cniLabel(),
                all.readyTaints(),
                all.podCidr(),
                all.maxPods(),
                all.templateStep(),
                all.drainTimeoutSeconds(),
                all.mayRemain(),
                all.proofPasses(),
                all.apart(),
                all.keep(),
                later,
                extent);
    }

    static RollNodes params(int surge, int unavailable) {
        return params("new", surge, unavailable, List.of(), "");
    }

    private static MiniCluster cluster(int nodes) {
        return empty().group("old", nodes, NodeGroup.Kind.SELF_MANAGED).group("new", 0, NodeGroup.Kind.SELF_MANAGED);
    }

    private static MiniCluster empty() {
        MiniCluster cluster = new MiniCluster().nodeLabel(Make.CILIUM);
        cluster.scene.with(
                Make.awsNode(3).build(),
                Make.workload("DaemonSet", "kube-system", "cilium", 3).build());
        return cluster;
    }

    private static MiniCluster loaded(int nodes) {
        return cluster(nodes)
                .deployment("nginx", 8, "25%", "25%")
                .deployment("httpd", 2, "25%", "25%")
                .deployment("echo", 1, "0", "1");
    }

    private static StepOutcome.Done done(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.Done.class);
        return (StepOutcome.Done) outcome;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void replacesAllNodesWithoutTakingAnyServiceBelowItsMinimum(int surge) {
        MiniCluster cluster = loaded(4);
        StepOutcome.Done end = done(cluster.run(handler, params(surge, 2), false));
        assertThat(end.detail()).isEqualTo("4 nodes of old replaced");
        assertThat(end.deferred()).isEmpty();
        assertThat(cluster.scene.view().nodesOf("old")).isEmpty();
        assertThat(cluster.scene.view().nodesOf("new")).hasSize(4);
        assertThat(cluster.mostNodes()).isEqualTo(4 + surge);
        NodeGroup group = cluster.scene.view().nodeGroup("new").orElseThrow();
        assertThat(List.of(group.minSize(), group.desiredSize())).containsExactly(1, 4);
    }

    @Test
    void keepsPodsOffOldNodesOfGroupsThatComeLater() {
        MiniCluster cluster = loaded(2).group("next", 1, NodeGroup.Kind.SELF_MANAGED);
        RollNodes params = before("next");
        done(cluster.run(handler, params, false));
        Node next = cluster.scene.view().nodesOf("next").get(0);
        assertThat(next.tainted(NodeMarks.TAINT)).isTrue();
        assertThat(cluster.log.indexOf(first(cluster, next.name())))
                .isLessThan(cluster.log.indexOf(first(cluster, "EvictPod")));

        done(cluster.run(handler, params, true));
        assertThat(cluster.scene.view().nodes()).noneMatch(n -> n.tainted(NodeMarks.TAINT));
    }

    private static String first(MiniCluster cluster, String part) {
        return cluster.log.stream().filter(l -> l.contains(part)).findFirst().orElseThrow();
    }

    @Test
    void movesEachPodOnce() {
        MiniCluster cluster = loaded(4);
        done(cluster.run(handler, params(2, 1), false));
        assertThat(cluster.moves).isEqualTo(Map.of("nginx", 8, "httpd", 2, "echo", 1));
    }

    @Test
    void givesADeploymentItsUpdateStrategyBack() {
        MiniCluster cluster = loaded(3);
        done(cluster.run(handler, params(1, 1), false));
        Workload echo = cluster.scene.view().workload("Deployment/web/echo").orElseThrow();
        assertThat(echo.maxSurge()).contains("0");
        assertThat(echo.maxUnavailable()).contains("1");
    }

    @Test
    void goesOnWhenNoOutcomeWasEverWrittenDown() {
        MiniCluster cluster = loaded(3);
        cluster.outcomesLost = true;
        done(cluster.run(handler, params(1, 1), false));
        assertThat(cluster.scene.view().nodesOf("old")).isEmpty();
    }

    @Test
    void freezesAGroupWithoutMinimumThoughTheFirstTryWasThrottled() {
        MiniCluster cluster = loaded(3);
        cluster.scene.with(Make.group("old", 3).size(0, 8, 3).build());
        SetGroupSize freeze = new SetGroupSize("old", 0, 3, 3);
        RollNodes params = params(1, 1);
        assertThat(Scene.act(handler.next(cluster.scene.view(), params, cluster.progress)))
                .isEqualTo(freeze);
        cluster.progress
                .refused(freeze, ActResult.Reason.THROTTLED, "Rate exceeded")
                .later(60);
        assertThat(Scene.act(handler.next(cluster.scene.view(), params, cluster.progress)))
                .isEqualTo(freeze);
    }

    @Test
    void terminatesEachInstanceOnceThoughAwsIsSeenLaterThanItsNode() {
        MiniCluster cluster = loaded(3);
        cluster.instancesLate = true;
        done(cluster.run(handler, params(1, 1), false));
        assertThat(cluster.log)
                .filteredOn(line -> line.startsWith("TerminateInstance"))
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(cluster.log).anyMatch(line -> line.endsWith("was terminated, to be gone"));
    }

    @Test
    void provesTheFirstNewNodeBeforeAnythingMoves() {
        MiniCluster cluster = loaded(3).breakPath("-> dns");
        StepOutcome outcome = cluster.run(handler, params(1, 1), false);
        assertThat(Scene.blocked(outcome))
                .startsWith("STEP-PATH-BROKEN Node new-")
                .contains("dns");
        assertThat(cluster.log).noneMatch(l -> l.startsWith("EvictPod") || l.startsWith("CordonNode"));
    }

    @Test
    void makesAndProvesFirstNodesWithoutADrainOrAnotherSizeOfTheOldGroup() {
        MiniCluster cluster = loaded(3);
        NodeGroup before = cluster.scene.view().nodeGroup("old").orElseThrow();
        StepOutcome.Done end = done(cluster.run(handler, canary(2), false));
        assertThat(end.detail()).isEqualTo("2 nodes of new proven");
        assertThat(cluster.scene.view().nodesOf("new")).hasSize(2).noneMatch(n -> n.tainted(NodeMarks.TAINT));
        assertThat(cluster.scene.view().nodesOf("old"))
                .hasSize(3)
                .allMatch(n -> n.tainted(NodeMarks.TAINT) && !n.unschedulable());
        assertThat(cluster.scene.view().nodeGroup("old")).contains(before);
        done(cluster.run(handler, canary(2), true));
        assertThat(cluster.scene.view().nodesOf("new")).isEmpty();
        assertThat(cluster.scene.view().nodesOf("old")).hasSize(3).noneMatch(n -> n.tainted(NodeMarks.TAINT));
        assertThat(cluster.scene.view().nodeGroup("old")).contains(before);
    }

    @Test
    void doesNotAskForTheInternetWhereOldNodesDoNotReachIt() {
        MiniCluster cluster = loaded(2).breakPath("-> internet");
        done(cluster.run(handler, params(1, 1), false));
    }

    @Test
    void stopsAtANodeThatAdmitsAnotherNumberOfPods() {
        MiniCluster cluster = loaded(2);
        RollNodes wrong = new RollNodes(
                "old",
                "new",
                1,
                1,
                Map.of(),
                RollNodes.Singletons.ROLLOUT,
                false,
                false,
                List.of(),
                Make.CILIUM,
                List.of(),
                Optional.empty(),
                110,
                "",
                600,
                List.of(),
                1,
                false,
                List.of(),
                List.of(),
                RollNodes.Extent.ALL);
        assertThat(Scene.blocked(cluster.run(handler, wrong, false))).contains("admits 58 pods, planned are 110");
    }

    @Test
    void stopsAtANewNodeWhosePodsHaveAddressesOfAnotherRange() {
        MiniCluster cluster = loaded(3);
        RollNodes params = params(1, 1);
        done(cluster.run(handler, canary(1), false));
        Node first = cluster.scene.view().nodesOf("new").get(0);
        RollNodes ranged = new RollNodes(
                params.from(),
                params.to(),
                1,
                1,
                Map.of(),
                params.singletons(),
                false,
                false,
                List.of(),
                "",
                List.of(),
                Optional.of(Cidr.parse("10.244.0.0/16")),
                0,
                "",
                600,
                List.of(),
                1,
                false,
                List.of(),
                List.of(),
                RollNodes.Extent.ALL);
        assertThat(Scene.blocked(cluster.run(handler, ranged, false)))
                .startsWith("STEP-POD-ADDRESS Node " + first.name())
                .endsWith("the address 10.0.0.9 outside 10.244.0.0/16");
        assertThat(cluster.scene.view().nodesOf("old")).noneMatch(Node::unschedulable);
    }

    private static MiniCluster withDatabase(int nodes) {
        MiniCluster cluster = cluster(nodes);
        Node first = cluster.scene.view().nodes().iterator().next();
        cluster.scene.with(
                Make.workload("StatefulSet", "web", "db", 1).build(),
                Make.pod("web", "db-0")
                        .ownedBy("StatefulSet", "db")
                        .label("app", "db")
                        .on(first.name())
                        .build(),
                Make.budget("web", "db", Map.of("app", "db"), 0, 1, 1));
        return cluster;
    }

    @Test
    void blocksOnAPodThatMayNeverMoveAfterAllOthersHaveGone() {
        MiniCluster cluster = withDatabase(3);
        StepOutcome outcome = cluster.run(handler, params(1, 1), false);
        assertThat(Scene.blocked(outcome))
                .isEqualTo("STEP-UNDRAINABLE Node old-0: keeps pod web/db-0, which PodDisruptionBudget web/db, 0 of 0"
                        + " allowed");
        assertThat(cluster.scene.view().nodesOf("old")).hasSize(1);
        assertThat(cluster.scene.view().nodesOf("new")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"StatefulSet/web/db", "old"})
    void leavesANodeThatThePlanLetsRemain(String named) {
        MiniCluster cluster = withDatabase(3);
        RollNodes params = params("new", 1, 1, List.of(named), "");
        StepOutcome.Done end = done(cluster.run(handler, params, false));
        assertThat(end.deferred())
                .containsExactly(new Deferred("old-0", "web/db-0", "PodDisruptionBudget web/db, 0 of 0 allowed"));
        assertThat(end.detail()).isEqualTo("2 nodes of old replaced");
    }

    @Test
    void keepsPodsThatThePlanLeavesAndLetsThemStartThereAgain() {
        MiniCluster cluster = loaded(4);
        List<String> keep = List.of("Deployment/web/httpd");
        StepOutcome.Done end = done(cluster.run(handler, params("new", 1, 1, keep, "", false, keep), false));
        assertThat(end.deferred())
                .isNotEmpty()
                .allSatisfy(d -> assertThat(d.reason()).isEqualTo("is left on the old CNI by the plan"));
        assertThat(cluster.scene.view().podsOf("Deployment/web/httpd"))
                .hasSize(2)
                .allMatch(p -> p.node().orElse("").startsWith("old-"));
        assertThat(cluster.scene.view().nodesOf("old")).isNotEmpty().noneMatch(Node::unschedulable);
    }

    @Test
    void letsLoadBalancersLeaveAllOldNodesBeforeThePodsOfAnIslandMove() {
        MiniCluster cluster = cluster(2);
        RollNodes apart = params("new", 1, 1, List.of(), "", true, List.of());
        cluster.scene.with(
                Make.targets("tg-1", "instance", "web/api", "i-old-0=healthy", "i-old-1=healthy"), bound("web/api"));
        assertThat(Scene.waiting(untilItWaits(cluster, apart))).contains("a healthy new node in target group tg-1");
        cluster.scene.with(
                Make.targets("tg-1", "instance", "web/api", "i-old-0=healthy", "i-old-1=healthy", "i-new-1=healthy"));
        assertThat(Scene.waiting(untilItWaits(cluster, apart))).contains("tg-1 has drained all old nodes");
        assertThat(cluster.scene.view().nodesOf("old"))
                .allMatch(n -> n.labels().containsKey(TargetHealth.EXCLUDED))
                .noneMatch(Node::unschedulable);
        cluster.scene.with(Make.targets("tg-1", "instance", "web/api", "i-new-1=healthy"));
        done(cluster.run(handler, apart, false));
    }

    @Test
    void asksForNoHealthyNewNodeInATargetGroupWhereNoOldNodeIsHealthy() {
        MiniCluster cluster = cluster(2);
        RollNodes apart = params("new", 1, 1, List.of(), "", true, List.of());
        cluster.scene.with(
                Make.targets("tg-unused", "instance", "", "i-old-0=unused", "i-old-1=unused"),
                Make.targets("tg-sick", "instance", "", "i-old-0=unhealthy", "i-old-1=draining"));
        StepOutcome waits = untilItWaits(cluster, apart);
        assertThat(Scene.waiting(waits)).contains("tg-sick has drained all old nodes");
        assertThat(targets(cluster, "tg-unused")).isEmpty();
        cluster.scene.with(Make.targets("tg-sick", "instance", ""));
        done(cluster.run(handler, apart, false));
    }

    @Test
    void namesTheTargetGroupThatGetsNoHealthyNewNode() {
        MiniCluster cluster = cluster(2);
        RollNodes apart = params("new", 1, 1, List.of(), "", true, List.of());
        cluster.scene.with(Make.targets("tg-1", "instance", "", "i-old-0=healthy", "i-new-2=unhealthy"));
        assertThat(Scene.blocked(cluster.run(handler, apart, false)))
                .isEqualTo("STEP-TARGETS-UNHEALTHY target group tg-1: has no healthy new node, after 15 minutes");
        assertThat(targets(cluster, "tg-1")).contains("i-old-0=healthy");
        assertThat(cluster.progress.now()).isAfter(FakeProgress.START.plusSeconds(15 * 60));
        assertThat(cluster.scene.view().nodesOf("old"))
                .noneMatch(n -> n.unschedulable() || n.labels().containsKey(TargetHealth.EXCLUDED));
    }

    @Test
    void namesTheTargetGroupThatDoesNotLetGoOfAnEmptyNode() {
        MiniCluster cluster = cluster(1);
        cluster.scene.with(
                Make.targets("tg-1", "instance", "shop/web", "i-old-0=draining", "i-new-1=healthy"), bound("shop/web"));
        assertThat(Scene.blocked(cluster.run(handler, params(1, 1), false)))
                .isEqualTo("STEP-UNDRAINABLE Node old-0: was not released by its load balancers in time: it waits for"
                        + " target group tg-1 to drain it");
        cluster.scene.with(Make.targets("tg-1", "instance", "shop/web", "i-new-1=healthy"));
        cluster.progress.resumed();
        done(cluster.run(handler, params(1, 1), false));
    }

    private static List<String> targets(MiniCluster cluster, String group) {
        return cluster.scene.view().get(Part.TARGET_GROUPS, TargetGroup.class, group).orElseThrow().targets().stream()
                .map(t -> t.id() + "=" + t.health())
                .toList();
    }

    /** An island of two old nodes and one of another group behind tg-1, as soon as the first of them has gone. */
    private MiniCluster islandWithoutItsFirstNode(RollNodes apart) {
        MiniCluster cluster = cluster(2).group("other", 1, NodeGroup.Kind.SELF_MANAGED);
        cluster.scene.with(Make.targets(
                "tg-1", "instance", "", "i-old-0=healthy", "i-old-1=healthy", "i-other-2=healthy", "i-new-3=healthy"));
        for (int i = 0; cluster.scene.view().nodesOf("old").size() == 2 && i < 400; i++) {
            StepOutcome outcome = handler.next(cluster.scene.view(), apart, cluster.progress);
            if (outcome instanceof StepOutcome.Perform perform) {
                perform.acts().forEach(cluster::perform);
            } else if (outcome instanceof StepOutcome.Ask ask) {
                ask.questions()
                        .forEach(q -> cluster.progress.answered(q, io.cnishift.api.port.Answer.Verdict.REACHED, ""));
            }
            cluster.progress.later(6);
        }
        assertThat(targets(cluster, "tg-1")).containsExactly("i-new-3=healthy");
        assertThat(cluster.scene.view().nodesOf("old")).hasSize(1);
        cluster.progress.later(60).turnedBack();
        return cluster;
    }

    @Test
    void putsLivingOldNodesOfAllGroupsBackIntoTargetGroupsThoughOthersHaveGone() {
        RollNodes apart = params("new", 1, 1, List.of(), "", true, List.of());
        MiniCluster cluster = islandWithoutItsFirstNode(apart);
        done(cluster.run(handler, apart, true));
        assertThat(targets(cluster, "tg-1")).containsExactlyInAnyOrder("i-old-1=healthy", "i-other-2=healthy");
        assertThat(cluster.scene.view().nodes())
                .hasSize(3)
                .noneMatch(n -> n.labels().containsKey(TargetHealth.EXCLUDED));
    }

    @Test
    void putsNoNodeBackWhereAControllerKeepsTheTargetsByNow() {
        RollNodes apart = params("new", 1, 1, List.of(), "", true, List.of());
        MiniCluster cluster = islandWithoutItsFirstNode(apart);
        cluster.scene.with(bound("shop/web"));
        assertThat(Scene.blocked(cluster.run(handler, apart, true)))
                .contains("it waits for another healthy target in target group tg-1");
        assertThat(cluster.log).noneMatch(l -> l.startsWith("RegisterTargets"));
    }

    /** Goes on for five minutes and answers what is asked. */
    private StepOutcome untilItWaits(MiniCluster cluster, RollNodes params) {
        StepOutcome last = handler.next(cluster.scene.view(), params, cluster.progress);
        for (int i = 0; i < 60; i++) {
            if (last instanceof StepOutcome.Perform perform) {
                perform.acts().forEach(cluster::perform);
            } else if (last instanceof StepOutcome.Ask ask) {
                ask.questions()
                        .forEach(q -> cluster.progress.answered(q, io.cnishift.api.port.Answer.Verdict.REACHED, ""));
            }
            cluster.progress.later(5);
            last = handler.next(cluster.scene.view(), params, cluster.progress);
        }
        return last;
    }

    @Test
    void namesBothBudgetsOfAPodThatHasTwo() {
        MiniCluster cluster = withDatabase(2);
        cluster.scene.with(Make.budget("web", "db-too", Map.of("app", "db"), 0, 1, 1));
        assertThat(Scene.blocked(cluster.run(handler, params(1, 1), false)))
                .startsWith("STEP-DOUBLE-BUDGET")
                .contains("PodDisruptionBudget web/db and web/db-too");
    }

    @Test
    void waitsForABudgetAndSaysSoThenStepsAside() {
        MiniCluster cluster = cluster(2).deployment("api", 4, "25%", "25%");
        cluster.scene.with(Make.budget("web", "api", Map.of("app", "api"), 0, 4, 3));
        StepOutcome outcome = cluster.run(handler, params(1, 1), false);
        assertThat(cluster.log)
                .anyMatch(l -> l.startsWith("wait node 1 of 2 (old-")
                        && l.endsWith("waiting for PodDisruptionBudget web/api, 0 of 1 allowed"));
        assertThat(Scene.blocked(outcome)).contains("has not moved in time: PodDisruptionBudget web/api, 0 of 1");
    }

    @Test
    void goesOnAfterAResumeWithABudgetThatAllowsAgain() {
        MiniCluster cluster = cluster(2).deployment("api", 4, "25%", "25%");
        cluster.scene.with(Make.budget("web", "api", Map.of("app", "api"), 0, 4, 3));
        Scene.blocked(cluster.run(handler, params(1, 1), false));
        cluster.scene.with(Make.budget("web", "api", Map.of("app", "api"), 1, 4, 3));
        cluster.progress.later(3600).resumed();
        done(cluster.run(handler, params(1, 1), false));
    }

    @Test
    void startsNoDrainAtANodeWithABarePod() {
        MiniCluster cluster = cluster(2);
        cluster.scene.with(Make.pod("web", "bare").on("old-0").build());
        StepOutcome outcome = cluster.run(handler, params(1, 1), false);
        assertThat(Scene.blocked(outcome)).contains("keeps pod web/bare, which has no controller");
        assertThat(cluster.log).noneMatch(l -> l.equals("CordonNode Node old-0"));
    }

    @Test
    void asksASubnetForNoMoreAddressesThanItHas() {
        MiniCluster cluster = loaded(3);
        cluster.scene.with(Make.subnet("subnet-a", 0));
        StepOutcome outcome = cluster.run(handler, params(1, 1), false);
        assertThat(Scene.blocked(outcome)).startsWith("STEP-NO-CAPACITY node group new");
        assertThat(cluster.scene.view().nodesOf("new")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop/web"})
    void terminatesNoNodeThatIsStillATarget(String service) {
        MiniCluster cluster = cluster(1);
        cluster.scene.with(Make.targets("tg-1", "instance", service, "i-old-0=healthy"));
        assertThat(Scene.waiting(untilItWaits(cluster, params(1, 1))))
                .contains("another healthy target in target group tg-1");
        cluster.scene.with(Make.targets("tg-1", "instance", service, "i-old-0=healthy", "i-new-1=healthy"));
        assertThat(Scene.act(handler.next(cluster.scene.view(), params(1, 1), cluster.progress)))
                .isInstanceOf(DeregisterTargets.class);
        cluster.scene.with(Make.targets("tg-1", "instance", service, "i-old-0=draining", "i-new-1=healthy"));
        assertThat(Scene.waiting(handler.next(cluster.scene.view(), params(1, 1), cluster.progress)))
                .contains("tg-1 to drain it");
        cluster.scene.with(Make.targets("tg-1", "instance", service, "i-new-1=healthy"));
        done(cluster.run(handler, params(1, 1), false));
    }

    @Test
    void leavesTargetsToTheControllerThatBindsThem() {
        MiniCluster cluster = cluster(1);
        cluster.scene.with(
                Make.targets("tg-1", "instance", "shop/web", "i-old-0=healthy", "i-new-1=healthy"), bound("shop/web"));
        assertThat(Scene.waiting(untilItWaits(cluster, params(1, 1)))).contains("tg-1 to drain it");
        assertThat(cluster.log).noneMatch(act -> act.startsWith("DeregisterTargets"));
    }

    /** The binding by which the load balancer controller keeps tg-1. */
    private static TargetGroupBinding bound(String service) {
        String[] parts = service.split("/", -1);
        return new TargetGroupBinding(parts[0], parts[1], "tg-1", parts[1], "80", "instance", false);
    }

    @Test
    void replacesNodesWithinASelfManagedGroup() {
        MiniCluster cluster =
                empty().group("old", 3, NodeGroup.Kind.SELF_MANAGED).deployment("nginx", 8, "25%", "25%");
        cluster.scene.with(Make.template("lt-1", 2, "m-1/template"));
        done(cluster.run(handler, params("old", 1, 1, List.of(), "template"), false));
        assertThat(cluster.scene.view().instancesOf("old"))
                .hasSize(3)
                .allMatch(i -> i.launchTemplateVersion().orElse(0) == 2);
        NodeGroup group = cluster.scene.view().nodeGroup("old").orElseThrow();
        assertThat(List.of(group.minSize(), group.maxSize(), group.desiredSize()))
                .containsExactly(1, 8, 3);
    }

    @Test
    void refusesAManagedGroupToBeRolledWithinItself() {
        MiniCluster cluster = new MiniCluster().group("old", 1, NodeGroup.Kind.MANAGED);
        assertThat(Scene.blocked(cluster.run(handler, params("old", 1, 1, List.of(), "template"), false)))
                .startsWith("STEP-SAME-GROUP-MANAGED");
    }

    @Test
    void goesBackToTheOldGroupWithItsSizesAndTemplates() {
        MiniCluster cluster = loaded(3);
        done(cluster.run(handler, params(1, 1), false));
        cluster.progress.later(3600).turnedBack();
        assertThat(done(cluster.run(handler, params(1, 1), true)).detail())
                .isEqualTo("pods run on 3 nodes of old again");
        assertThat(cluster.scene.view().nodesOf("new")).isEmpty();
        assertThat(cluster.scene.view().nodesOf("old")).hasSize(3).noneMatch(Node::unschedulable);
        assertThat(cluster.nodesOf("nginx")).hasSize(8).allMatch(n -> n.startsWith("old"));
        assertThat(cluster.scene.view().workloads())
                .noneMatch(w -> w.templateAnnotations().containsKey(Restart.ANNOTATION));
        NodeGroup group = cluster.scene.view().nodeGroup("old").orElseThrow();
        assertThat(List.of(group.minSize(), group.maxSize(), group.desiredSize()))
                .containsExactly(1, 8, 3);
    }

    /** A capacity reservation that the old nodes filled is filled by the new ones now. */
    @Test
    void drainsANewNodeBeforeItAsksForAnOldOneWhereNoneMayBeExtra() {
        MiniCluster cluster = loaded(3);
        done(cluster.run(handler, params(0, 1), false));
        assertThat(cluster.mostNodes()).isEqualTo(3);
        cluster.progress.later(3600).turnedBack();
        assertThat(done(cluster.run(handler, params(0, 1), true)).detail())
                .isEqualTo("pods run on 3 nodes of old again");
        assertThat(cluster.mostNodes()).isEqualTo(3);
        assertThat(cluster.scene.view().nodesOf("new")).isEmpty();
        assertThat(cluster.scene.view().nodesOf("old")).hasSize(3);
    }

    /** A node of m5.large takes a second interface of ten addresses with its first pod. */
    @ParameterizedTest
    @CsvSource({"100, 3", "45, 2 3", "39, 1 2 3", "5, 1 2 3"})
    void asksForAsManyOldNodesAtOnceAsFindTheirWarmPools(int free, String sizes) {
        MiniCluster cluster = loaded(3);
        cluster.scene.with(Make.awsNode(3)
                .spec(Map.of("containers", List.of(Map.of("name", "aws-node", "image", "cni:v1.20.4"))))
                .build());
        done(cluster.run(handler, params(1, 1), false));
        cluster.progress.later(3600).turnedBack();
        cluster.scene.with(Make.subnet("subnet-a", free));
        done(cluster.run(handler, params(1, 1), true));
        assertThat(cluster.progress.all(SetGroupSize.class).stream()
                        .filter(e -> e.at().isAfter(FakeProgress.START.plusSeconds(3600)))
                        .map(e -> (SetGroupSize) e.act())
                        .filter(a -> a.group().equals("old"))
                        .map(a -> String.valueOf(a.desiredSize()))
                        .distinct())
                .containsExactly(sizes.split(" "));
    }

    @Test
    void waitsForRoomOnTheWayBackAndSaysSo() {
        MiniCluster cluster = loaded(2);
        done(cluster.run(handler, params(1, 1), false));
        cluster.progress.later(3600).turnedBack();
        cluster.scene.with(Make.subnet("subnet-a", 0));
        StepOutcome outcome = cluster.run(handler, params(1, 1), true);
        assertThat(Scene.blocked(outcome)).startsWith("STEP-NO-CAPACITY node group old");
        assertThat(cluster.scene.view().nodesOf("old")).isEmpty();
    }

    @Test
    void goesBackFromHalfWayAndCleansTheNodesThatAreLeft() {
        for (int acts = 1; acts < 40; acts += 3) {
            MiniCluster cluster = loaded(3);
            for (int i = 0; cluster.log.size() < acts && i < 400; i++) {
                StepOutcome outcome = handler.next(cluster.scene.view(), params(1, 1), cluster.progress);
                if (outcome instanceof StepOutcome.Perform perform) {
                    cluster.perform(perform.acts().get(0));
                } else if (outcome instanceof StepOutcome.Ask ask) {
                    ask.questions()
                            .forEach(
                                    q -> cluster.progress.answered(q, io.cnishift.api.port.Answer.Verdict.REACHED, ""));
                }
                cluster.progress.later(6);
            }
            cluster.progress.later(60).turnedBack();
            done(cluster.run(handler, params(1, 1), true));
            assertThat(cluster.scene.view().nodesOf("old"))
                    .as("after %s acts", acts)
                    .hasSize(3)
                    .noneMatch(n -> n.unschedulable() || n.tainted(NodeMarks.TAINT))
                    .allMatch(n -> n.annotations().isEmpty() && !n.labels().containsKey(TargetHealth.EXCLUDED));
            assertThat(cluster.scene.view().nodesOf("new")).isEmpty();
        }
    }

    @Test
    void letsTheOldGroupLaunchAgainOnTheWayBack() {
        MiniCluster cluster = loaded(2);
        done(cluster.run(handler, params(1, 1), false));
        NodeGroup old = cluster.scene.view().nodeGroup("old").orElseThrow();
        cluster.scene.with(MakeGroup.like(old).suspended("Launch").build());
        cluster.progress.later(3600).turnedBack();
        done(cluster.run(handler, params(1, 1), true));
        assertThat(cluster.log).contains("ResumeProcesses processes of old");
    }

    @Test
    void hasNothingToDoForAnEmptyGroup() {
        MiniCluster cluster = cluster(0);
        assertThat(done(cluster.run(handler, params(1, 1), false)).detail()).isEqualTo("0 nodes of old replaced");
        assertThat(cluster.log).isEmpty();
    }
}
