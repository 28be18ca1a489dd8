package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.PlanResult;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.step.AddCidr;
import io.cnishift.api.step.MakeSubnet;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.api.step.TagSubnet;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SubnetDiscoveryPlanTest {

    private static PlanResult plan(ClusterSnapshot cluster, Map<String, Object> options) {
        return Asked.plan(
                new SubnetDiscoveryStrategy(),
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

    private static <P extends Record> List<P> steps(MigrationPlan plan, Class<P> params) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .map(MigrationPlan.Step::params)
                .filter(params::isInstance)
                .map(params::cast)
                .toList();
    }

    /** A cluster with one more subnet in each of its two zones. */
    private static ClusterSnapshot withSpareSubnets(ClusterSnapshot cluster, Map<String, String> tags) {
        return withSpareSubnets(cluster, tags, 251);
    }

    private static ClusterSnapshot withSpareSubnets(ClusterSnapshot cluster, Map<String, String> tags, int free) {
        List<Resource> resources = cluster.resources()
                .flatMap(r -> r instanceof Subnet s ? Stream.of(s, spare(s, tags, free)) : Stream.of(r))
                .toList();
        return ClusterSnapshot.of(cluster.source(), cluster.takenAt(), resources, List.of());
    }

    private static Subnet spare(Subnet like, Map<String, String> tags, int free) {
        Cidr cidr = Cidr.parse("10.0.128.0/17").nth(24, like.id().endsWith("a") ? 0 : 1);
        return new Subnet(
                like.id() + "f",
                "",
                like.availabilityZone(),
                cidr,
                free,
                like.freePrefixBlocks(),
                like.routeTable(),
                false,
                List.of(),
                tags);
    }

    @Test
    void makesABlockAndASubnetForEachZoneAndTagsThemLast() {
        MigrationPlan plan = planned(Asked.scenario("minnie-wallace"), Map.of("recognition", 1200));

        assertThat(plan.phases()).extracting(Phase::id).containsExactly("preflight", "block", "subnets", "discovery");
        assertThat(steps(plan, AddCidr.class))
                .containsExactly(new AddCidr(Cidr.parse("100.64.0.0/16"), Duration.ofMinutes(20)));
        assertThat(steps(plan, MakeSubnet.class))
                .extracting(MakeSubnet::zone)
                .containsExactly("ap-south-1a", "ap-south-1b", "ap-south-1c");
        assertThat(steps(plan, MakeSubnet.class))
                .extracting(MakeSubnet::routeTable)
                .doesNotContain("")
                .hasSize(3);
        assertThat(steps(plan, TagSubnet.class))
                .extracting(t -> t.subnet().toString())
                .containsExactly("100.64.0.0/18", "100.64.64.0/18", "100.64.128.0/18");
    }

    @Test
    void tagsSubnetsThatAreThereWhereEachZoneHasOneWithRoom() {
        MigrationPlan plan = planned(withSpareSubnets(Clusters.healthy(), Map.of()), Map.of());

        assertThat(plan.phases()).extracting(Phase::id).containsExactly("preflight", "discovery");
        assertThat(steps(plan, TagSubnet.class)).hasSize(2);
        assertThat(refused(withSpareSubnets(Clusters.healthy(), Map.of(TagSubnet.KEY, "1")), Map.of()))
                .containsExactly("VCN-NOTHING-TO-SET");
    }

    @Test
    void makesSubnetsWhereThoseThatAreThereAreExcluded() {
        assertThat(planned(withSpareSubnets(Clusters.healthy(), Map.of(TagSubnet.KEY, "0")), Map.of())
                        .phases())
                .extracting(Phase::id)
                .containsExactly("preflight", "block", "subnets", "discovery");
    }

    @Test
    void makesSubnetsWhereTaggedOnesHaveNoRoomBesideWhatBalancersNeed() {
        ClusterSnapshot full = withSpareSubnets(Clusters.healthy(), Map.of(TagSubnet.KEY, "1"), 0);
        assertThat(planned(full, Map.of()).phases()).extracting(Phase::id).contains("block");

        // the nodes of a zone hold 40 addresses at most; a balancer in the subnet needs 8 of 45 that are free
        ClusterSnapshot tight = withSpareSubnets(Clusters.healthy(), Map.of(TagSubnet.KEY, "1"), 45);
        assertThat(refused(tight, Map.of())).containsExactly("VCN-NOTHING-TO-SET");
        ClusterSnapshot balanced = ClusterSnapshot.of(
                tight.source(),
                tight.takenAt(),
                tight.resources()
                        .map(r -> r instanceof LoadBalancer lb ? moved(lb) : r)
                        .toList(),
                List.of());
        assertThat(planned(balanced, Map.of()).phases()).extracting(Phase::id).contains("block");
    }

    private static LoadBalancer moved(LoadBalancer lb) {
        return new LoadBalancer(
                lb.arn(),
                lb.name(),
                lb.type(),
                lb.scheme(),
                lb.subnets().stream().map(id -> id + "f").toList(),
                lb.securityGroups(),
                lb.listeners(),
                lb.tags());
    }

    @Test
    void aWantedBlockIsUsedEvenWhereSubnetsAreThereOrTheVpcHasIt() {
        ClusterSnapshot spare = withSpareSubnets(Clusters.healthy(), Map.of());
        assertThat(steps(planned(spare, Map.of("podCidr", "100.70.0.0/16")), AddCidr.class))
                .hasSize(1);
        assertThat(refused(Clusters.healthy(), Map.of("podCidr", "10.0.0.0/16")))
                .contains("VCN-NO-SECONDARY-CIDR");
    }

    @Test
    void switchesDiscoveryOnWhereItIsOffAndRefusesBesideCustomNetworking() {
        ClusterSnapshot off =
                Clusters.with().env("ENABLE_SUBNET_DISCOVERY", "false").build();
        assertThat(steps(planned(off, Map.of()), SetVpcCniEnv.class))
                .extracting(SetVpcCniEnv::env)
                .containsExactly(Map.of("ENABLE_SUBNET_DISCOVERY", "true"));
        ClusterSnapshot custom = Clusters.with()
                .env("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true")
                .build();
        assertThat(refused(custom, Map.of())).contains("VCN-CUSTOM-NETWORKING-ON");
    }

    @Test
    void withoutTranslationOnTheNodePodsNeedAWayOutOfTheirOwn() {
        Clusters open = Clusters.with().publicSubnets();
        assertThat(refused(open.build(), Map.of())).isEmpty();
        assertThat(refused(open.env("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true").build(), Map.of()))
                .contains("VCN-NO-NAT");
    }

    @Test
    void saysWhichSecurityGroupsKnowTheNodesByTheirRange() {
        List<Finding> findings = plan(Asked.scenario("govcloud-26"), Map.of())
                .fold(PlanResult.Planned::findings, PlanResult.Refused::findings);
        assertThat(findings)
                .filteredOn(f -> f.code().equals("VCN-RULES-BY-RANGE"))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.message()).contains("not 100.64.0.0/16"));
    }
}
