package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.step.MakeNodeGroup;
import io.cnishift.api.step.MakeTemplateVersion;
import io.cnishift.api.step.ReservePrefixes;
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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class PrefixDelegationPlanTest {

    private final ClusterSnapshot fragments = Asked.scenario("big-prefix");
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
    void keepsTheWholeBlocksOfAFragmentedSubnetBeforeAnythingTakesThem() {
        MigrationPlan plan = planned(fragments, Map.of());

        assertThat(plan.phases()).extracting(Phase::id).containsSubsequence("reserve-prefixes", "park", "vpc-cni-mode");
        assertThat(ids(plan, "reserve-prefixes")).hasSize(3).allMatch(id -> id.startsWith("reserve-subnet-"));
        ReservePrefixes kept = params(plan, ReservePrefixes.class);
        assertThat(kept.subnet()).hasToString("10.40.32.0/20");
        assertThat(kept.blocks()).isEqualTo(4);
        assertThat(kept.ranges())
                .extracting(Cidr::toString)
                .containsExactly(
                        "10.40.33.208/28", "10.40.34.176/28", "10.40.36.160/27", "10.40.40.192/26", "10.40.47.80/28");
        assertThat(Asked.assess(new PrefixDelegationStrategy(), fragments).findings())
                .filteredOn(f -> f.code().equals("VCN-PREFIXES-KEPT"))
                .hasSize(3)
                .first()
                .satisfies(f -> assertThat(f.message())
                        .contains("9 free /28 blocks", "in 5 ranges", "its 2 nodes need 4", "3664 free addresses"));
    }

    @Test
    void reservesNothingWhereItIsNotWantedNotAllowedOrNotNeeded() {
        assertThat(ids(planned(fragments, Map.of("reserve", false)), "reserve-prefixes"))
                .isEmpty();
        assertThat(ids(clean, "reserve-prefixes")).isEmpty();
        assertThat(Asked.codes(Asked.assess(new PrefixDelegationStrategy(), fragments, Constraint.VPC_CHANGES)
                        .findings()))
                .doesNotContain("VCN-PREFIXES-KEPT");
        ClusterSnapshot kept = with(fragments, s -> reserved(s, 96, List.of("10.40.40.192/26")));
        assertThat(ids(planned(kept, Map.of()), "reserve-prefixes"))
                .as("4 of the 4 blocks that are needed are kept already")
                .hasSize(2)
                .doesNotContain("reserve-subnet-010c9ce09388efaff");
    }

    @Test
    void saysHowManyBlocksAreMissing() {
        assertThat(Asked.assess(new PrefixDelegationStrategy(), fragments, Map.of("warmPrefixTarget", 3))
                        .findings())
                .filteredOn(f -> f.code().equals("VCN-NO-PREFIX"))
                .extracting(Finding::message)
                .containsExactly(
                        "10.40.32.0/20 has 9 free /28 blocks, its 2 nodes need 10",
                        "10.40.16.0/20 has 9 free /28 blocks, its 3 nodes need 13",
                        "10.40.0.0/20 has 9 free /28 blocks, its 3 nodes need 13");
    }

    @Test
    void blocksThatAreKeptAlreadyAreRoomForNewNodes() {
        ClusterSnapshot kept = with(
                Asked.scenario("clean-cluster"),
                s -> reserved(
                        s, s.freeAddresses() - 20, List.of(s.cidr().nth(21, 1).toString())));

        assertThat(stopping(kept, Map.of())).isEmpty();
        assertThat(params(planned(kept, Map.of()), RollNodes.class)
                        .surgeBySubnet()
                        .values())
                .isNotEmpty()
                .allMatch(nodes -> nodes > 0);
    }

    /** Of its free addresses so many are in those ranges or somebody's. */
    private static Subnet reserved(Subnet s, int less, List<String> ranges) {
        List<Subnet.Reservation> kept = ranges.stream()
                .map(Cidr::parse)
                .filter(s.cidr()::contains)
                .map(range -> new Subnet.Reservation(range, "prefix"))
                .toList();
        return new Subnet(
                s.id(),
                s.name(),
                s.availabilityZone(),
                s.cidr(),
                s.freeAddresses() - (kept.isEmpty() ? 0 : less),
                s.freePrefixBlocks(),
                s.routeTable(),
                s.publicAddresses(),
                kept,
                s.tags());
    }

    private static ClusterSnapshot with(ClusterSnapshot cluster, UnaryOperator<Subnet> change) {
        return ClusterSnapshot.of(
                cluster.source(),
                cluster.takenAt(),
                cluster.resources()
                        .map(r -> r instanceof Subnet s ? change.apply(s) : r)
                        .toList(),
                List.of());
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
