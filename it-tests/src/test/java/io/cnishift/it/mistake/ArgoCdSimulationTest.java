package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.plan.Executor;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.it.Bench;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Applications of Argo CD that hold what is changed are paused, or take it back. */
final class ArgoCdSimulationTest {

    private static final String SERVER = "Deployment/web/api";
    private static final String MOVE_SERVER = "host-network-web.api";
    private static final Map<String, Object> PAUSE = Map.of("argocd", "pause");
    private static final Map<String, Object> HEALING = Map.of("automated", Map.of("prune", true, "selfHeal", true));
    private static final Owner SET = new Owner(Owner.Kind.OPERATOR, "ApplicationSet/platforms");

    private final Trial trial = new Trial();
    private final Bench bench = new Bench();
    /** Deployment web/api serves a webhook, so it moves to the host network, of which its manifest says no. */
    private final ClusterSnapshot marked = Variant.field(
            Clusters.with()
                    .policyEngine()
                    .ownedBy(new Owner(Owner.Kind.ARGO_CD, "shop"))
                    .build(),
            "admissionPolicies",
            "disallow-host-namespaces",
            "exclude",
            List.of(Map.of("namespaces", List.of("web"), "names", List.of("api-*"))));

    private final ClusterSnapshot owned =
            Variant.with(Variant.with(marked, application("shop", Owner.NONE)), application("other", Owner.NONE));

    @Test
    void whatIsPausedIsChangedFollowedInItsSourceAndSyncedAgain() {
        MigrationPlan plan = trial.plan(owned, PAUSE);
        assertThat(Edited.step(plan, MOVE_SERVER).executor()).isEqualTo(Executor.CNISHIFT);
        Rehearsed done = trial.run(owned, plan, RunLimits.THROUGH);

        assertThat(done.complaints()).isEmpty();
        assertThat(done.podsOf(SERVER)).hasSize(2).allMatch(Pod::hostNetwork);
        done.pass(Duration.ofMinutes(10));
        assertThat(done.podsOf(SERVER)).hasSize(2).allMatch(Pod::hostNetwork);
        assertThat(application(done.simulation(), "shop").syncPolicy()).isEqualTo(HEALING);
        assertThat(application(done.simulation(), "shop").outOfSync()).isEmpty();
    }

    @Test
    void exactlyTheTouchedOnesArePausedAndAParkedRunSaysSo() {
        Rehearsed parked = trial.run(owned, trial.plan(owned, PAUSE), RunLimits.NONE.until("host-network"));

        assertThat(application(parked.simulation(), "shop").syncs()).isFalse();
        assertThat(application(parked.simulation(), "other").syncs()).isTrue();
        assertThat(parked.result().unsafe())
                .anyMatch(s -> s.startsWith("Argo CD does not sync the Applications that the plan touches"));
    }

    @Test
    void withoutThePauseTheChangeIsTakenBack() {
        Map<String, Object> anyway = Map.of("executor", "cnishift");
        Rehearsed stopped = trial.run(owned, trial.plan(owned, anyway), RunLimits.THROUGH);

        assertThat(stopped.result().report().outcome()).isNotEqualTo(RunOutcome.SUCCEEDED);
        assertThat(stopped.podsOf(SERVER)).noneMatch(Pod::hostNetwork);
    }

    @Test
    void theWayBackGivesThePolicyBackToo() {
        Simulation simulation = bench.simulate(owned, 1);
        List<Object> start = specs(simulation);
        RunRequest request = bench.request(trial.plan(owned, PAUSE), Journal.inMemory("m1"), simulation);
        bench.runner().apply(request.within(RunLimits.THROUGH.until("host-network")));
        assertThat(application(simulation, "shop").syncs()).isFalse();
        assertThat(application(simulation, "shop").outOfSync()).isNotEmpty();
        RunReport back = new Rollbacks(bench.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(application(simulation, "shop").syncPolicy()).isEqualTo(HEALING);
        assertThat(specs(simulation)).isEqualTo(start);
    }

    @Test
    void theWayBackFromBehindTheFollowingAsksOwnersForWhatStoodThereBefore() {
        Simulation simulation = bench.simulate(owned, 1);
        List<Object> start = specs(simulation);
        RunRequest request = bench.request(shortened(trial.plan(owned, PAUSE)), Journal.inMemory("m1"), simulation);
        RunReport there =
                bench.runner().apply(request.within(RunLimits.THROUGH)).report();
        assertThat(there.outcome()).as(there.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(specs(simulation)).isNotEqualTo(start);
        assertThat(application(simulation, "shop").syncs()).isTrue();
        RunReport back = new Rollbacks(bench.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        simulation.kernel().clock().pass(Duration.ofMinutes(1));
        assertThat(specs(simulation)).isEqualTo(start);
    }

    /** The change of one object, without the nodes that it is made for. */
    private static MigrationPlan shortened(MigrationPlan plan) {
        Set<String> kept = Set.of("pause-argocd", MOVE_SERVER, "follow-in-sources", "resume-argocd");
        return new MigrationPlan(
                plan.format(),
                plan.strategy(),
                plan.cluster(),
                plan.options(),
                plan.accepted(),
                List.of(),
                plan.mayRemain(),
                plan.phases().stream()
                        .map(p -> new MigrationPlan.Phase(
                                p.id(),
                                p.steps().stream()
                                        .filter(step -> kept.contains(step.id()))
                                        .toList()))
                        .toList(),
                plan.second());
    }

    @Test
    void aSetThatWouldSwitchSyncOnAgainRefusesThePlanUnlessItIgnoresTheField() {
        ClusterSnapshot made = Variant.with(marked, application("shop", SET));
        assertThat(trial.refusal(Variant.with(made, set(List.of())), PAUSE, Map.of()))
                .singleElement()
                .asString()
                .startsWith("PLAN-ARGOCD-RETURNS Application argocd/shop: ApplicationSet platforms");
        ClusterSnapshot ignoring = Variant.with(made, set(List.of("shop")));

        assertThat(trial.run(ignoring, trial.plan(ignoring, PAUSE), RunLimits.THROUGH)
                        .complaints())
                .isEmpty();
    }

    @Test
    void aSetThatThePlanDidNotSeeStopsTheRun() {
        ClusterSnapshot planned = Variant.with(marked, application("shop", Owner.NONE));
        ClusterSnapshot since = Variant.with(Variant.with(marked, application("shop", SET)), set(List.of()));
        Rehearsed stopped = trial.run(since, trial.plan(planned, PAUSE), RunLimits.THROUGH);

        assertThat(stopped.reason()).contains("STEP-SYNC-RETURNS", "Application argocd/shop");
        assertThat(stopped.podsOf(SERVER)).noneMatch(Pod::hostNetwork);
    }

    @Test
    void anApplicationOfAnotherClusterRefusesThePlan() {
        assertThat(trial.refusal(marked, PAUSE, Map.of()))
                .singleElement()
                .asString()
                .startsWith("PLAN-ARGOCD-APPLICATION Application shop:");
    }

    private static List<Object> specs(Simulation simulation) {
        return Stream.of(
                        new ObjectKey("Deployment", "web", "api"),
                        new ObjectKey("Ingress", "web", "web"),
                        new ObjectKey("Application", "argocd", "shop"))
                .map(key -> simulation.kernel().objects().get(key).orElseThrow().get("spec"))
                .toList();
    }

    private static Application application(String name, Owner owner) {
        return new Application(
                "Application", "argocd", name, HEALING, owner, List.of(), false, false, List.of(), Optional.empty());
    }

    private static Application set(List<String> leaves) {
        return new Application(
                Application.SET,
                "argocd",
                "platforms",
                Map.of(),
                Owner.NONE,
                leaves,
                false,
                false,
                List.of(),
                Optional.empty());
    }

    private static Application application(Simulation simulation, String name) {
        return KubeProjection.application(
                simulation.kernel().objects().get("Application", "argocd", name).orElseThrow());
    }
}
