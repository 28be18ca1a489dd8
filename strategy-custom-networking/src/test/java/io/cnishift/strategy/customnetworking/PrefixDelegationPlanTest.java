package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.step.MakeNodeGroup;
import io.cnishift.api.step.MakeTemplateVersion;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.SetVpcCniMode;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PrefixDelegationPlanTest {

    private final MigrationPlan clean = planned(Asked.scenario("clean-cluster"), Map.of());

    private static PlanResult plan(ClusterSnapshot cluster, Map<String, Object> options) {
        return Asked.plan(
                new PrefixDelegationStrategy(),
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

    private static List<String> stopping(ClusterSnapshot cluster, Map<String, Object> options) {
        return plan(cluster, options)
                .fold(
                        planned -> List.of(),
                        refused -> refused.findings().stream()
                                .filter(Finding::stops)
                                .map(Finding::code)
                                .toList());
    }

    private static List<String> ids(MigrationPlan plan, String phase) {
        return plan.phases().stream()
                .filter(p -> p.id().equals(phase))
                .flatMap(p -> p.steps().stream())
                .map(Step::id)
                .toList();
    }

    private static <P> P params(MigrationPlan plan, Class<P> kind) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .map(Step::params)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void switchesTheModeBeforeAnyGroupIsMade() {
        assertThat(clean.phases())
                .extracting(Phase::id)
                .containsExactly("preflight", "park", "vpc-cni-mode", "roll", "prove", "cleanup");
        assertThat(params(clean, SetVpcCniMode.class).env())
                .isEqualTo(Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "1"));
        assertThat(ids(clean, "roll")).startsWith("template-workers", "group-workers", "roll-workers");
    }

    @Test
    void newNodesAdmitWhatBlocksAllowAndJoinWithoutATaint() {
        RollNodes roll = params(clean, RollNodes.class);

        assertThat(params(clean, MakeTemplateVersion.class).maxPods()).hasValue(110);
        assertThat(roll.maxPods()).isEqualTo(110);
        assertThat(roll.readyTaints()).isEmpty();
        assertThat(roll.podCidr()).isEmpty();
        assertThat(params(clean, MakeNodeGroup.class).taints()).isEmpty();
        assertThat(params(clean, MakeNodeGroup.class).labels()).containsEntry(roll.cniLabel(), "true");
    }

    @Test
    void namesNoImageWhereEksSetsTheSameNumber() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");
        PrefixDelegationStrategy strategy = new PrefixDelegationStrategy();

        assertThat(Asked.codes(Asked.assess(strategy, minnie).findings())).doesNotContain("VCN-TEMPLATE-NEEDS-AMI");
        assertThat(Asked.codes(
                        Asked.assess(strategy, minnie, Map.of("maxPods", 58)).findings()))
                .contains("VCN-TEMPLATE-NEEDS-AMI");
    }

    @Test
    void isRefusedWhereNoBlockIsFree() {
        assertThat(stopping(Asked.scenario("govcloud-26"), Map.of())).contains("VCN-NO-PREFIX");
    }

    @Test
    void asksConsentWherePodsEndBeforeTheirLoadBalancerKnows() {
        assertThat(stopping(Clusters.healthy(), Map.of())).containsExactly("VCN-TARGETS-END");
        assertThat(stopping(Clusters.with().targetType("instance").build(), Map.of()))
                .isEmpty();
    }

    @Test
    void refusesEverySubnetWithoutAnAlignedBlock() {
        assertThat(stopping(Clusters.with().targetType("instance").fragmented().build(), Map.of()))
                .containsExactly("VCN-NO-PREFIX", "VCN-NO-PREFIX");
    }

    @Test
    void saysThatSpareBlocksAreNotCountedWhileAddressesAre() {
        Clusters counting = Clusters.with().env("WARM_IP_TARGET", "5");

        assertThat(warned(counting.build(), 2)).contains("VCN-BLOCKS-NOT-COUNTED");
        assertThat(warned(counting.build(), 1)).doesNotContain("VCN-BLOCKS-NOT-COUNTED");
        assertThat(warned(Clusters.healthy(), 2)).doesNotContain("VCN-BLOCKS-NOT-COUNTED");
    }

    private static List<String> warned(ClusterSnapshot cluster, int warmPrefixTarget) {
        return Asked.codes(
                Asked.assess(new PrefixDelegationStrategy(), cluster, Map.of("warmPrefixTarget", warmPrefixTarget))
                        .findings());
    }
}
