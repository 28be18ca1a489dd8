package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.simulator.kit.ClusterState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The move of minnie-wallace by weights of target groups, by the engine: three Ingresses behind one load balancer. */
final class TargetShiftSimulationTest {

    private final Moves move = Moves.of("minnie-wallace", "minnie-wallace-green", Accepted.LEFT_BEHIND)
            .with(Map.of("shift", "target-groups"));

    /** Weights of the second cluster's groups in the rules of the first one's load balancer. */
    private List<Integer> weights() {
        return rules().filter(to -> groups().stream().anyMatch(g -> g.arn().equals(to.targetGroup())))
                .map(Weighted::weight)
                .toList();
    }

    private Stream<Weighted> rules() {
        return move.first().aws().read(Set.of(Part.LOAD_BALANCERS)).resources().stream()
                .map(LoadBalancer.class::cast)
                .flatMap(lb -> lb.listeners().stream())
                .flatMap(listener -> listener.rules().stream())
                .flatMap(rule -> rule.forward().stream());
    }

    private List<TargetGroup> groups() {
        return move.first().aws().read(Set.of(Part.TARGET_GROUPS)).resources().stream()
                .map(TargetGroup.class::cast)
                .filter(g -> g.name().startsWith("cnishift-"))
                .toList();
    }

    private List<Ingress> ingresses() {
        return move.first().kubernetes().read(Set.of(Part.INGRESSES)).resources().stream()
                .map(Ingress.class::cast)
                .toList();
    }

    private List<String> routing() {
        return move.first().aws().read(Set.of(Part.DNS_RECORDS)).resources().stream()
                .map(r -> ((DnsRecord) r).routing())
                .toList();
    }

    private List<String> violations() {
        return move.first().violations().get().stream().map(Finding::code).toList();
    }

    private void scale(int replicas) {
        move.second()
                .kubernetes()
                .perform(new PatchObject(
                        ObjectRef.of("apps/v1", "Deployment", "httpd", "httpd"),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("replicas", replicas)),
                        Optional.empty()));
    }

    @Test
    void aShareIsOfTheRequestsToTheSameLoadBalancer() {
        RunReport report = move.applyTo("shift-targets-25").report();

        assertThat(report.reason()).isEqualTo("step shift-targets-25 is done");
        assertThat(weights()).containsExactly(25, 25, 25);
        assertThat(groups()).hasSize(3).allSatisfy(g -> {
            assertThat(g.targetType()).isEqualTo("instance");
            assertThat(g.targets()).hasSize(4).allMatch(t -> t.health().equals("healthy"));
        });
        assertThat(routing()).containsExactly("simple");
        assertThat(violations()).isEmpty();
        assertThat(report.notModelled()).isEmpty();
    }

    @Test
    void namesAreLedToTheSecondClustersLoadBalancerBeforeTheFirstEnds() {
        RunReport report = move.applyTo("empty-first").report();

        assertThat(report.reason()).isEqualTo("step empty-first is done");
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(routing()).containsExactly("weighted", "weighted");
        assertThat(violations()).isEmpty();
    }

    @Test
    void takenBackTheFirstIsAsItWas() {
        ClusterState start = ClusterState.of(move.simulation());
        move.applyTo("shift-targets-100");
        assertThat(weights()).containsExactly(100, 100, 100);

        RunReport back =
                new Rollbacks(move.runner()).turn(move.to("shift-targets-100")).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(groups()).isEmpty();
        assertThat(start.differences(ClusterState.of(move.simulation()))).isEmpty();
        assertThat(violations()).isEmpty();
    }

    @Test
    void aSecondClusterThatStopsToServeGetsNoRequestAnyMore() {
        move.applyTo("shift-targets-25");
        scale(0);

        RunResult stopped = move.resumeTo("shift-targets-50");

        assertThat(weights()).containsExactly(0, 0, 0);
        assertThat(stopped.report().findings()).extracting(Finding::code).containsExactly("NEW-SHIFT-FAILED");

        scale(2);
        pass(Duration.ofMinutes(5));
        RunReport resumed = move.resumeTo("shift-targets-50").report();
        assertThat(resumed.reason()).isEqualTo("step shift-targets-50 is done");
        assertThat(weights()).containsExactly(50, 50, 50);
    }

    @Test
    void onTheWayBackItGetsNoneEither() {
        ClusterState start = ClusterState.of(move.simulation());
        move.applyTo("shift-targets-25");
        scale(0);
        move.resumeTo("shift-targets-50");
        int before = move.acts(PatchObject.class).size();

        RunReport back =
                new Rollbacks(move.runner()).turn(move.to("shift-targets-50")).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(move.acts(PatchObject.class).stream().skip(before))
                .hasSize(3)
                .noneMatch(act -> act.toString().contains("weight"));
        assertThat(start.differences(ClusterState.of(move.simulation()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shift-targets-5", "shift-targets-25"})
    void whatWasWrittenAndNotAnsweredIsTakenBackToo(String step) {
        ClusterState start = ClusterState.of(move.simulation());
        move.dieIn(step);

        RunReport back = new Rollbacks(move.runner()).turn(move.to(step)).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(groups()).isEmpty();
        assertThat(start.differences(ClusterState.of(move.simulation()))).isEmpty();
    }

    @Test
    void aTargetGroupOfSomebodyElseIsToldAtOnceAndLeftAlone() {
        TargetFront taken = move.plan().phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .map(MigrationPlan.Step::params)
                .filter(MakeTargets.class::isInstance)
                .flatMap(params -> ((MakeTargets) params).fronts().stream())
                .findFirst()
                .orElseThrow();
        move.first()
                .aws()
                .perform(new CreateTargetGroup(taken.group(), taken.like(), "instance", Map.of("whose", "theirs")));

        RunReport stopped = move.applyTo("make-targets").report();
        RunReport back =
                new Rollbacks(move.runner()).turn(move.to("make-targets")).report();

        assertThat(stopped.reason()).contains("DuplicateTargetGroupName");
        assertThat(move.acts(CreateTargetGroup.class)).hasSize(1);
        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(groups()).extracting(TargetGroup::name).containsExactly(taken.group());
    }

    @Test
    void nothingLeadsFromTheFirstIntoNodesOfTheSecondOnceNamesAreLed() {
        move.applyTo("unbind-targets");
        assertThat(bindings()).isZero();

        RunReport back =
                new Rollbacks(move.runner()).turn(move.to("unbind-targets")).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(groups()).isEmpty();
        assertThat(violations()).isEmpty();
    }

    private long bindings() {
        return move.second().kubernetes().read(Set.of(Part.TARGET_GROUP_BINDINGS)).resources().stream()
                .map(TargetGroupBinding.class::cast)
                .filter(b -> b.name().startsWith("cnishift-"))
                .count();
    }

    private void pass(Duration time) {
        move.simulation()
                .kernel()
                .clock()
                .runUntil(move.simulation().kernel().clock().now().plus(time));
    }

    @Test
    void noRequestIsForwardedToTargetsThatAreNotHealthy() {
        move.applyTo("make-targets");
        groups().forEach(this::closeNetwork);

        RunResult stopped = move.resumeTo("shift-targets-5");

        assertThat(stopped.report().findings()).extracting(Finding::code).containsExactly("NEW-NOT-SERVED");
        assertThat(weights()).containsOnly(0);
        assertThat(violations()).isEmpty();
    }

    /** As one writes a binding who does not know that a load balancer's way into nodes is a matter of their security groups. */
    private void closeNetwork(TargetGroup group) {
        String service = group.name().split("-", -1)[1];
        move.second()
                .kubernetes()
                .perform(new PatchObject(
                        ObjectRef.of(
                                "elbv2.k8s.aws/v1beta1",
                                "TargetGroupBinding",
                                service.equals("nginx") ? "default" : service,
                                group.name()),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("networking", Map.of("ingress", List.of()))),
                        Optional.empty()));
    }

    @Test
    void targetGroupsAreMadeOnce() {
        move.applyTo("make-targets");
        move.resumeTo("shift-targets-5");

        assertThat(move.acts(CreateTargetGroup.class)).hasSize(3);
        assertThat(ingresses())
                .hasSize(3)
                .allMatch(i -> i.rules().stream().allMatch(r -> r.port().equals("use-annotation")));
    }
}
