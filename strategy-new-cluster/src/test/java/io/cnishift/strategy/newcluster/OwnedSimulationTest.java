package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Executor;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.ClusterState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The move of stateful-green, of which Argo CD holds the database and Flux the shop. */
final class OwnedSimulationTest {

    private static final String DATABASE = "StatefulSet/shop/orders-db";
    private static final String SHOP = "Deployment/shop/shop";

    private final Moves moves = Moves.of(
            held(held(Asked.scenario("stateful-green"), DATABASE, Owner.Kind.ARGO_CD), SHOP, Owner.Kind.FLUX),
            Asked.scenario("stateful-green-second"),
            Accepted.STOP);

    private static ClusterSnapshot held(ClusterSnapshot cluster, String key, Owner.Kind by) {
        List<Resource> all = cluster.resources()
                .map(r ->
                        r instanceof Workload w && w.key().equals(key) ? held(w, w.name(), new Owner(by, "orders")) : r)
                .toList();
        assertThat(all).isNotEqualTo(cluster.resources().toList());
        return ClusterSnapshot.of(cluster.source(), cluster.takenAt(), all, cluster.unknown());
    }

    private static Workload held(Workload w, String name, Owner by) {
        return new Workload(
                w.kind(),
                w.namespace(),
                name,
                w.uid(),
                w.resourceVersion(),
                w.generation(),
                w.observedGeneration(),
                w.desired(),
                w.ready(),
                w.updated(),
                w.available(),
                w.updateStrategy(),
                w.maxSurge(),
                w.maxUnavailable(),
                w.paused(),
                w.selector(),
                w.labels(),
                w.templateLabels(),
                w.templateAnnotations(),
                w.podSpec(),
                w.claimTemplates(),
                w.scalingDropsClaims(),
                w.eksFields(),
                w.heldFields(),
                by);
    }

    private static Step step(MigrationPlan plan, String id) {
        return plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsHeldIsLeftToItsOwnerAndTheRestIsNot() {
        MigrationPlan plan = moves.plan();

        assertThat(step(plan, "move-state").executor()).isEqualTo(Executor.OWNER);
        assertThat(step(plan, "stop-first-argo-cd"))
                .satisfies(s -> assertThat(s.executor()).isEqualTo(Executor.OWNER))
                .satisfies(s -> assertThat(s.touches()).containsExactly("workloads/" + DATABASE));
        assertThat(step(plan, "stop-first-flux").touches()).containsExactly("workloads/" + SHOP);
        assertThat(List.of("copy-workloads", "keep-volumes", "shift-100", "stop-first", "empty-first"))
                .allSatisfy(id -> assertThat(step(plan, id).executor()).isEqualTo(Executor.CNISHIFT));
    }

    @Test
    void anAutoscalerStopsFirstWhoeverHoldsIt() {
        ClusterSnapshot first = Asked.scenario("stateful-green");
        List<Resource> all = first.resources()
                .flatMap(r -> r instanceof Workload w && w.key().equals(SHOP)
                        ? Stream.of(r, held(w, "cluster-autoscaler", new Owner(Owner.Kind.FLUX, "platform")))
                        : Stream.of(r))
                .toList();
        View view = View.of(ClusterSnapshot.of(first.source(), first.takenAt(), all, first.unknown()));

        assertThat(new Stops(view, List.of("shop")).steps())
                .extracting(Step::id)
                .containsExactly("stop-first-autoscaler-flux", "stop-first");
    }

    @Test
    void ownersLetGoInTheirSourcesAndWhatIsOnTheOtherSideIsCarriedByTheRun() {
        RunReport report = moves.applyTo("empty-first").report();

        assertThat(report.reason()).isEqualTo("step empty-first is done");
        assertThat(moves.ready(moves.second(), DATABASE)).isEqualTo(2);
        moves.simulation()
                .kernel()
                .clock()
                .runUntil(moves.simulation().kernel().clock().now().plus(Duration.ofMinutes(30)));
        assertThat(moves.wanted(moves.first(), DATABASE)).isZero();
        assertThat(moves.wanted(moves.first(), SHOP)).isZero();
        assertThat(moves.asked()).isNotEmpty().noneMatch(CarryObject.class::isInstance);
    }

    @Test
    void pausedItsApplicationStandsStillUntilTheSourcesSayTheSame() {
        Moves paused = Moves.of(
                        with(
                                held(Asked.scenario("stateful-green"), DATABASE, Owner.Kind.ARGO_CD),
                                new Application(
                                        "Application",
                                        "argocd",
                                        "orders",
                                        Map.of("automated", Map.of("selfHeal", true)),
                                        Owner.NONE,
                                        List.of(),
                                        false,
                                        false,
                                        List.of(),
                                        Optional.empty())),
                        Asked.scenario("stateful-green-second"),
                        Accepted.STOP)
                .with(Map.of("argocd", "pause"));
        assertThat(List.of("move-state", "stop-first-argo-cd"))
                .allSatisfy(id -> assertThat(step(paused.plan(), id).executor()).isEqualTo(Executor.CNISHIFT));

        RunReport report = paused.applyTo("resume-argocd").report();

        assertThat(report.reason()).isEqualTo("step resume-argocd is done");
        assertThat(paused.wanted(paused.first(), DATABASE)).isZero();
    }

    private static ClusterSnapshot with(ClusterSnapshot cluster, Resource more) {
        return ClusterSnapshot.of(
                cluster.source(),
                cluster.takenAt(),
                Stream.concat(cluster.resources(), Stream.of(more)).toList(),
                cluster.unknown());
    }

    @Test
    void ownersAreAskedForTheWayBackToo() {
        ClusterState start = ClusterState.of(moves.simulation());
        moves.applyTo("empty-first");

        RunReport back =
                new Rollbacks(moves.runner()).turn(moves.to("empty-first")).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(ClusterState.of(moves.simulation()))).isEmpty();
    }
}
