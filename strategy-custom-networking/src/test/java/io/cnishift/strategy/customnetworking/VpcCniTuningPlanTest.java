package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.step.ChangeAddon;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VpcCniTuningPlanTest {

    private static PlanResult plan(ClusterSnapshot cluster, Map<String, Object> options) {
        return Asked.plan(
                new VpcCniTuningStrategy(),
                cluster,
                options,
                new Intent(Optional.empty(), List.of(), List.of()),
                kind -> BuiltInSteps.all(BuiltInProbes.all()).stream()
                        .filter(k -> k.id().equals(kind))
                        .findFirst());
    }

    private static MigrationPlan planned(ClusterSnapshot cluster, Map<String, Object> options) {
        return plan(cluster, options).fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings());
        });
    }

    private static List<String> refused(ClusterSnapshot cluster, Map<String, Object> options) {
        return plan(cluster, options)
                .fold(
                        planned -> List.of(),
                        refused -> refused.findings().stream()
                                .filter(Finding::stops)
                                .map(Finding::code)
                                .toList());
    }

    private static SetVpcCniEnv env(MigrationPlan plan, String phase) {
        return plan.phases().stream()
                .filter(p -> p.id().equals(phase))
                .flatMap(p -> p.steps().stream())
                .map(step -> (SetVpcCniEnv) step.params())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lowersTheTargetsAndWaitsForTheAddressesThatNodesGiveBackForCertain() {
        MigrationPlan plan = planned(Asked.scenario("govcloud-26"), Map.of());

        assertThat(plan.phases()).extracting(Phase::id).containsExactly("preflight", "free-addresses");
        SetVpcCniEnv set = env(plan, "free-addresses");
        // self-managed with MINIMUM_IP_TARGET=10 and WARM_IP_TARGET=2
        assertThat(set.env()).isEqualTo(Map.of("WARM_IP_TARGET", "1", "MINIMUM_IP_TARGET", ""));
        // 3 of 59 are free; the nodes hold 6 spare addresses and keep one each
        assertThat(set.freeAddresses()).hasSize(1).containsValue(6);
    }

    @Test
    void setsWhatIsAskedForAndNothingThatIsSoAlready() {
        MigrationPlan plan = planned(Asked.scenario("govcloud-26"), Map.of("warmIpTarget", 2, "minimumIpTarget", 12));

        assertThat(env(plan, "free-addresses").env()).isEqualTo(Map.of("MINIMUM_IP_TARGET", "12"));
    }

    @Test
    void refusesWhenAllIsSoAlready() {
        assertThat(refused(Asked.scenario("govcloud-26"), Map.of("warmIpTarget", 2, "minimumIpTarget", 10)))
                .containsExactly("VCN-NOTHING-TO-SET");
    }

    @Test
    void updatesTheAddonOneMinorVersionAtATimeAndRestartsItForItsRole() {
        Map<String, Object> addon = Map.of(
                "addonVersions",
                List.of("v1.21.1-eksbuild.3", "v1.22.0-eksbuild.1"),
                "addonRole",
                "arn:aws:iam::111122223333:role/vpc-cni");

        assertThat(refused(Asked.scenario("clean-cluster"), addon)).containsExactly("VCN-ROLE-RIGHTS");
        MigrationPlan plan = planned(
                Asked.scenario("clean-cluster"),
                Map.of("addonVersions", List.of("v1.21.1-eksbuild.3", "v1.22.0-eksbuild.1")));
        assertThat(plan.phases()).extracting(Phase::id).containsExactly("preflight", "addon", "free-addresses");
        assertThat(plan.phases().get(1).steps())
                .extracting(s -> ((ChangeAddon) s.params()).version())
                .containsExactly(Optional.of("v1.21.1-eksbuild.3"), Optional.of("v1.22.0-eksbuild.1"));
    }

    @Test
    void refusesALeapAndAWayBackwards() {
        assertThat(refused(Asked.scenario("clean-cluster"), Map.of("addonVersions", List.of("v1.22.0-eksbuild.1"))))
                .containsExactly("VCN-VERSION-LEAP");
        assertThat(refused(Asked.scenario("clean-cluster"), Map.of("addonVersions", List.of("v1.20.4-eksbuild.1"))))
                .containsExactly("VCN-VERSION-LEAP");
        assertThat(refused(Asked.scenario("govcloud-26"), Map.of("addonVersions", List.of("v1.22.0-eksbuild.1"))))
                .containsExactly("VCN-NO-ADDON");
    }

    @Test
    void refusesAVariableThatSomebodySetPastTheAddon() {
        ClusterSnapshot held = Clusters.with().heldEnv("WARM_IP_TARGET", "5").build();

        assertThat(refused(held, Map.of("warmIpTarget", 1))).containsExactly("VCN-VARIABLE-KEPT");
        assertThat(refused(held, Map.of("warmIpTarget", 5, "minimumIpTarget", 6)))
                .isEmpty();
        assertThat(refused(Clusters.with().env("WARM_IP_TARGET", "5").build(), Map.of("warmIpTarget", 1)))
                .isEmpty();
    }

    @Test
    void refusesToTakeAwayWhatTheConfigurationOfTheAddonDoesNotHave() {
        ClusterSnapshot past = Clusters.with().env("MINIMUM_IP_TARGET", "20").build();

        assertThat(refused(past, Map.of())).containsExactly("VCN-VARIABLE-KEPT");
        assertThat(refused(past, Map.of("minimumIpTarget", 20))).isEmpty();
    }

    @Test
    void leavesTranslationToTheNetworkOnlyWhereThatHasAWayOut() {
        Map<String, Object> external = Map.of("snat", "external");

        assertThat(env(planned(Clusters.healthy(), external), "snat").env())
                .isEqualTo(Map.of("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true"));
        assertThat(refused(Clusters.with().publicSubnets().build(), external)).contains("VCN-NO-NAT");
    }
}
