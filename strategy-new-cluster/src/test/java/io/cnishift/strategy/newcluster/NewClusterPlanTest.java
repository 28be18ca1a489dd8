package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Neighbour;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Role;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.simulator.kit.Asked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NewClusterPlanTest {

    private static MigrationPlan plan(String scenario, Map<String, Object> options) {
        Map<String, StepKind<?>> kinds = new HashMap<>();
        BuiltInSteps.all(List.of()).forEach(kind -> kinds.put(kind.id(), kind));
        new NewClusterStrategy().stepKinds().forEach(kind -> kinds.put(kind.id(), kind));
        return Asked.plan(
                        new NewClusterStrategy(),
                        Asked.scenario(scenario),
                        Asked.scenario(scenario + "-green"),
                        options,
                        Accepted.LEFT_BEHIND,
                        id -> Optional.ofNullable(kinds.get(id)))
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
    }

    private static MigrationPlan making(ClusterSnapshot first) {
        return making(first, Map.of());
    }

    private static MigrationPlan making(ClusterSnapshot first, Map<String, Object> options) {
        Map<String, StepKind<?>> kinds = new HashMap<>();
        BuiltInSteps.all(List.of()).forEach(kind -> kinds.put(kind.id(), kind));
        new NewClusterStrategy().stepKinds().forEach(kind -> kinds.put(kind.id(), kind));
        return Asked.plan(
                        new NewClusterStrategy(),
                        first,
                        options,
                        Accepted.MADE,
                        id -> Optional.ofNullable(kinds.get(id)))
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
    }

    private static List<String> phases(MigrationPlan plan) {
        return plan.phases().stream().map(Phase::id).toList();
    }

    private static Step step(MigrationPlan plan, String id) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void holdsForAPersonWhereRolesAreNotExtended() {
        MigrationPlan plan = making(Asked.scenario("stateful-green"), Map.of());

        assertThat(plan.holds()).containsExactly("trust");
        assertThat(phases(plan)).startsWith("preflight", "make-second", "trust", "equip-second", "copy");
        assertThat(plan.phases().stream().flatMap(p -> p.steps().stream()).map(Step::id))
                .containsSubsequence(
                        "make-cluster",
                        "trust-by-hand",
                        "make-proxy",
                        "make-addons",
                        "make-controller",
                        "check-second");
        assertThat(step(plan, "trust-by-hand").why())
                .contains("add-on aws-ebs-csi-driver (stateful-green-aws-ebs-csi-driver)", "stateful-green-green");
        assertThat(making(Asked.scenario("clean-cluster"), Map.of()).holds()).isEmpty();
    }

    @Test
    void whoIsHeldIsToldHowToExtendATrustPolicy() {
        ClusterSnapshot first = Asked.scenario("stateful-green");

        assertThat(step(making(first), "trust-by-hand").why())
                .contains(
                        "aws eks describe-cluster --name stateful-green-green --query cluster.identity.oidc.issuer",
                        "aws iam update-assume-role-policy",
                        Role.issuer(first.cluster().oidcIssuer().orElseThrow()));
    }

    @Test
    void namesBothClusters() {
        MigrationPlan plan = plan("minnie-wallace", Map.of());
        assertThat(plan.cluster().name()).isEqualTo("minnie-wallace");
        assertThat(plan.second()).hasValueSatisfying(s -> assertThat(s.name()).isEqualTo("minnie-wallace-green"));
    }

    @Test
    void clientsMoveOnlyAfterTheProof() {
        assertThat(phases(plan("minnie-wallace", Map.of())))
                .containsExactly("preflight", "copy", "prove", "shift", "hold", "retire-first");
    }

    @Test
    void aMadeClusterHasServiceAddressesAndNamesWhateverTheFirstHasThemBy() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        ClusterSnapshot bare = ClusterSnapshot.of(
                clean.source(),
                clean.takenAt(),
                clean.resources().filter(r -> r.part() != Part.ADDONS).toList(),
                List.of());

        MigrationPlan plan = making(bare);

        assertThat(((MakeAddons) step(plan, "make-proxy").params()).addons())
                .containsExactly(new MakeAddons.Wanted("kube-proxy", "", Map.of(), Optional.empty()));
        assertThat(((MakeAddons) step(plan, "make-addons").params()).addons())
                .extracting(MakeAddons.Wanted::name)
                .containsExactly("kube-proxy", "coredns");
    }

    @Test
    void aNameThatAnotherClusterHasIsNotPlanned() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        ClusterSnapshot beside = ClusterSnapshot.of(
                clean.source(),
                clean.takenAt(),
                Stream.concat(clean.resources(), Stream.of(new Neighbour("clean-cluster-green")))
                        .toList(),
                List.of());

        assertThat(Asked.assess(new NewClusterStrategy(), beside).findings())
                .filteredOn(f -> f.code().equals("NEW-SECOND-TAKEN"))
                .extracting(Finding::subject)
                .containsExactly("cluster clean-cluster-green");
        assertThat(making(beside, Map.of("name", "clean-cluster-blue")).second())
                .hasValueSatisfying(s -> assertThat(s.name()).isEqualTo("clean-cluster-blue"));
    }

    @Test
    void withoutAWayInThereIsNothingToShift() {
        assertThat(phases(plan("clean-cluster", Map.of()))).doesNotContain("shift");
    }

    @Test
    void podAddressesOfAnOverlayAreNoTargets() {
        CarryObjects ingresses = (CarryObjects)
                step(plan("minnie-wallace", Map.of()), "copy-ingresses").params();
        assertThat(ingresses.changes().get("Ingress/httpd/httpd"))
                .isEqualTo(Map.of(
                        "metadata",
                        Map.of("annotations", Map.of("alb.ingress.kubernetes.io/target-type", "instance"))));
        CarryObjects services = (CarryObjects)
                step(plan("minnie-wallace", Map.of()), "copy-services").params();
        assertThat(services.changes().get("Service/httpd/httpd")).isEqualTo(Map.of("spec", Map.of("type", "NodePort")));
    }

    @Test
    void gitOpsCopiesNothing() {
        assertThat(plan("minnie-wallace", Map.of("workloads", "gitops"))
                        .phases()
                        .get(1)
                        .steps())
                .extracting(Step::id)
                .containsExactly("await-workloads");
    }

    @Test
    void retireIsAChoice() {
        assertThat(phases(plan("minnie-wallace", Map.of("retire", "false")))).doesNotContain("retire-first");
    }
}
