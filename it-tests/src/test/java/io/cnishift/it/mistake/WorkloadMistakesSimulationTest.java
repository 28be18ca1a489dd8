package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.UseHostNetwork;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.simulator.kit.Clusters;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What pods and their owners allow: mistakes 19, 23 and 24.
 */
final class WorkloadMistakesSimulationTest {

    private static final String CONTROLLER = "Deployment/kube-system/aws-load-balancer-controller";
    private static final ObjectRef DEPLOYMENT =
            ObjectRef.of("apps/v1", "Deployment", "kube-system", "aws-load-balancer-controller");
    private static final String MOVE_CONTROLLER = "host-network-kube-system.aws-load-balancer-controller";
    private static final String MOVE_WEBHOOK = "host-network-cert-manager.cert-manager-webhook";
    private static final RunLimits TO_THE_HOST_NETWORK = RunLimits.NONE.until("host-network");
    /** Without room for first new nodes the host network comes on the old ones. */
    private static final Map<String, Object> ONE_EXTRA_NODE = Map.of("surge", Map.of("gov-workers", 1));

    private static final Map<String, Object> ONE_EXTRA_WORKER = Map.of("surge", Map.of("workers", 1));
    private static final Map<String, Object> ARGO_CD = Map.of("kind", "argo-cd", "name", "platform");

    private final Trial trial = new Trial();
    private final ClusterSnapshot cluster = Clusters.healthy();

    // 19: a budget that never allows, two budgets over one pod

    @Test
    void podsThatMayNeverBeEvictedMoveByARollout() {
        ClusterSnapshot never = Variant.with(cluster, never("api"));
        Rehearsed done = trial.run(never, trial.plan(never));

        assertThat(done.complaints()).isEmpty();
    }

    @Test
    void evictingThemNonethelessNeverEndsAndNamesTheBudget() {
        ClusterSnapshot never = Variant.with(cluster, never("api"));
        MigrationPlan evicting = Edited.with(
                trial.plan(never),
                "roll-workers",
                RollNodes.class,
                r -> new RollNodes(
                        r.from(),
                        r.to(),
                        r.maxSurge(),
                        r.maxUnavailable(),
                        r.surgeBySubnet(),
                        RollNodes.Singletons.EVICT,
                        r.deleteEmptyDirData(),
                        r.evictBarePods(),
                        r.consented(),
                        r.cniLabel(),
                        r.readyTaints(),
                        r.podCidr(),
                        r.maxPods(),
                        r.templateStep(),
                        r.drainTimeoutSeconds(),
                        r.mayRemain(),
                        r.proofPasses(),
                        r.apart(),
                        r.keep(),
                        r.later(),
                        r.extent()));
        Rehearsed stopped = trial.run(never, evicting);

        assertThat(stopped.reason()).contains("STEP-UNDRAINABLE", "PodDisruptionBudget web/never");
        assertThat(stopped.podsOf("Deployment/web/api")).hasSize(2).allMatch(Pod::ready);
    }

    @Test
    void twoBudgetsOverOnePodRefuseThePlan() {
        assertThat(trial.refusal(Variant.with(cluster, never("web")), Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("OVL-DOUBLE-BUDGET Deployment/web/web");
    }

    @Test
    void aSecondBudgetThatCameAfterThePlanStopsTheRollAndIsNamed() {
        Rehearsed stopped = trial.run(Variant.with(cluster, never("web")), trial.plan(cluster));

        assertThat(stopped.reason()).contains("STEP-DOUBLE-BUDGET", "web/never", "web/web");
        assertThat(stopped.podsOf("Deployment/web/web")).hasSize(3).allMatch(Pod::ready);
    }

    // 23: an owner that takes a change back

    @Test
    void whatAGitOpsToolOwnsIsLeftToItAndWaitedFor() {
        ClusterSnapshot owned = Variant.field(
                Variant.field(cluster, "workloads", "aws-load-balancer-controller", "owner", ARGO_CD),
                "ingresses",
                "web",
                "owner",
                ARGO_CD);
        MigrationPlan plan = trial.plan(owned);
        assertThat(Edited.step(plan, MOVE_CONTROLLER).executor()).isEqualTo(Executor.OWNER);

        Rehearsed done = trial.run(owned, plan);
        assertThat(done.result().report().outcome()).as(done.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(done.result().report().steps())
                .filteredOn(s -> s.executor() == Executor.OWNER)
                .hasSizeGreaterThan(1)
                .allSatisfy(s -> assertThat(Duration.between(
                                s.startedAt().orElseThrow(), s.finishedAt().orElseThrow()))
                        .isGreaterThan(WorldFactory.Settings.OWNER_DELAY));
        assertThat(done.podsOf(CONTROLLER)).hasSize(2).allMatch(Pod::hostNetwork);
    }

    @Test
    void aHelmReleaseGetsTheValuesWithWhichItRevertsNothing() {
        assertThat(trial.said(cluster, Map.of(), "OVL-OWNER-REVERTS"))
                .singleElement()
                .asString()
                .contains("release kube-system/aws-load-balancer-controller", "set in its values: hostNetwork=true");
    }

    @Test
    void aReleaseThatTakesTheHostNetworkBackIsFoundOutWhileTheVpcCniIsStillThere() {
        Map<String, @Nullable Object> asBefore = new HashMap<>();
        asBefore.put("hostNetwork", null);
        asBefore.put("dnsPolicy", "ClusterFirst");
        PatchObject upgrade = new PatchObject(
                DEPLOYMENT,
                PatchType.MERGE,
                Map.of("spec", Map.of("template", Map.of("spec", asBefore))),
                Optional.empty());
        Rehearsed stopped = trial.run(
                cluster,
                trial.plan(cluster),
                RunLimits.NONE,
                simulation -> simulation
                        .kernel()
                        .clock()
                        .after(
                                Duration.ofMinutes(30),
                                () -> simulation.world().kubernetes().perform(upgrade)));

        assertThat(stopped.reason()).contains("CONTROL-PLANE-CALLS fail", "aws-load-balancer-controller");
        assertThat(stopped.awsNode().name()).isEqualTo("aws-node");
    }

    // 24: a move to the host network that is refused, or waits for its own ports

    @Test
    void aNamespaceThatForbidsTheHostNetworkRefusesThePlan() {
        assertThat(trial.refusal(restricted(), Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("OVL-POD-SECURITY Deployment/cert-manager/cert-manager-webhook");
    }

    @Test
    void aRuleOfAPolicyEngineRefusesThePlanUnlessItLeavesThesePodsOut() {
        ClusterSnapshot governed = Clusters.with().policyEngine().build();
        assertThat(trial.refusal(governed, Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("OVL-POLICY-ENGINE Deployment/web/api: kyverno policy disallow-host-namespaces");
        ClusterSnapshot excepted = Variant.field(
                governed,
                "admissionPolicies",
                "disallow-host-namespaces",
                "exclude",
                List.of(Map.of("namespaces", List.of("web"), "names", List.of("api-*"))));
        Rehearsed done = trial.run(excepted, trial.plan(excepted));

        assertThat(done.complaints()).isEmpty();
        assertThat(done.podsOf("Deployment/web/api")).hasSize(2).allMatch(Pod::hostNetwork);
    }

    @Test
    void aRuleThatCameAfterThePlanRefusesTheMoveAndTheOldPodsStay() {
        ClusterSnapshot governed = Clusters.with().policyEngine().build();
        MigrationPlan plan =
                trial.plan(Variant.field(governed, "admissionPolicies", "disallow-host-namespaces", "enforced", false));
        Rehearsed stopped = trial.run(governed, plan);

        assertThat(stopped.reason()).contains("blocked by policy disallow-host-namespaces");
        assertThat(stopped.podsOf("Deployment/web/api")).hasSize(2).noneMatch(Pod::hostNetwork);
    }

    @Test
    void inSuchANamespaceNoPodIsMadeAndTheOldOneStays() {
        Rehearsed stopped =
                trial.run(restricted(), trial.plan(trial.scenario("govcloud-26"), ONE_EXTRA_NODE), TO_THE_HOST_NETWORK);

        assertThat(stopped.reason()).contains("step " + MOVE_WEBHOOK, "0 of 1 pods updated, 1 available");
        assertThat(webhook(stopped)).hasSize(1).noneMatch(Pod::hostNetwork);
    }

    @Test
    void portsOfTheNodeItselfAreAvoided() {
        ClusterSnapshot gov = trial.scenario("govcloud-26");
        Rehearsed moved = trial.run(gov, trial.plan(gov, ONE_EXTRA_NODE), TO_THE_HOST_NETWORK);

        assertThat(moved.reason()).contains("phase host-network is done");
        assertThat(webhook(moved)).hasSize(1).allMatch(p -> p.hostNetwork() && p.ready());
    }

    @Test
    void onThePortOfTheKubeletTheWebhookCrashes() {
        ClusterSnapshot gov = trial.scenario("govcloud-26");
        Map<String, Object> hostNetwork = Map.of("hostNetwork", true, "dnsPolicy", "ClusterFirstWithHostNet");
        MigrationPlan clashing = Edited.with(
                trial.plan(gov, ONE_EXTRA_NODE),
                MOVE_WEBHOOK,
                UseHostNetwork.class,
                u -> new UseHostNetwork(
                        u.workload(),
                        Map.of("spec", Map.of("template", Map.of("spec", hostNetwork))),
                        Map.of(),
                        u.newNodes()));
        Rehearsed stopped = trial.run(gov, clashing, TO_THE_HOST_NETWORK);

        assertThat(stopped.reason()).contains("STEP-CRASH-LOOP", "Deployment cert-manager/cert-manager-webhook");
    }

    @Test
    void moreReplicasThanHostsRefuseThePlan() {
        assertThat(trial.refusal(Clusters.with().nodes(1).build(), Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("OVL-HOSTS-TOO-FEW " + CONTROLLER);
    }

    @Test
    void asManyReplicasAsHostsMoveOneByOneWithConsent() {
        ClusterSnapshot two = Clusters.with().nodes(2).build();
        assertThat(trial.said(two, ONE_EXTRA_WORKER, "OVL-HOST-NETWORK-GAP"))
                .singleElement()
                .asString()
                .startsWith(CONTROLLER);
        Rehearsed done = trial.run(two, trial.plan(two, ONE_EXTRA_WORKER));

        assertThat(done.result().report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(done.result().report().end()).contains(RunEnd.HYBRID);
        assertThat(done.violations()).isEmpty();
        assertThat(done.result().report().services())
                .filteredOn(s -> !s.consentedSecondsBelowMinimum().isZero())
                .extracting(ServiceSeconds::name)
                .containsExactly("aws-load-balancer-webhook-service");
    }

    @Test
    void withFirstNewNodesForThemNothingHasToBeAccepted() {
        ClusterSnapshot two = Clusters.with().nodes(2).build();
        assertThat(trial.said(two, Map.of(), "OVL-HOST-NETWORK-GAP")).isEmpty();
        assertThat(trial.said(two, Map.of(), "OVL-UNDRAINABLE")).isEmpty();
        Rehearsed done = trial.run(two, trial.plan(two));

        assertThat(done.complaints()).isEmpty();
        assertThat(done.result().report().services())
                .allMatch(s -> s.consentedSecondsBelowMinimum().isZero());
        assertThat(done.result().measures().podsRestartedMoreThanOnce()).isZero();
    }

    @Test
    void withASurgeThatHasNoHostTheyWaitForTheirOwnPorts() {
        ClusterSnapshot two = Clusters.with().nodes(2).build();
        MigrationPlan surging = Edited.with(
                trial.plan(two, ONE_EXTRA_WORKER),
                MOVE_CONTROLLER,
                UseHostNetwork.class,
                WorkloadMistakesSimulationTest::surging);
        Rehearsed moved = trial.run(two, surging, TO_THE_HOST_NETWORK);
        moved.act(new PatchObject(
                DEPLOYMENT,
                PatchType.MERGE,
                Map.of("spec", Map.of("template", Map.of("metadata", Map.of("annotations", Map.of("again", "1"))))),
                Optional.empty()));
        moved.pass(Duration.ofMinutes(5));

        assertThat(moved.podsOf(CONTROLLER))
                .hasSize(3)
                .filteredOn(p -> p.node().isEmpty())
                .hasSize(1);
    }

    private static UseHostNetwork surging(UseHostNetwork move) {
        Map<String, Object> patch = new HashMap<>(Tree.map(move.patch(), "spec"));
        patch.remove("strategy");
        return new UseHostNetwork(move.workload(), Map.of("spec", patch), move.servicePatches(), move.newNodes());
    }

    private ClusterSnapshot restricted() {
        return Variant.field(
                trial.scenario("govcloud-26"),
                "namespaces",
                "cert-manager",
                "labels",
                Map.of("pod-security.kubernetes.io/enforce", "baseline"));
    }

    private static List<Pod> webhook(Rehearsed run) {
        return run.podsOf("Deployment/cert-manager/cert-manager-webhook");
    }

    /** A budget over an app of namespace web that allows no disruption. */
    private static Budget never(String app) {
        return new Budget(
                "web",
                "never",
                "0a0a0a0a-0000-4000-8000-000000000003",
                Map.of("matchLabels", Map.of("app", app)),
                Optional.empty(),
                Optional.of("0"),
                0,
                2,
                2,
                2,
                false);
    }
}
