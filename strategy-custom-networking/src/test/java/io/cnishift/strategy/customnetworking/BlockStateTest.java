package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockStateTest {

    private static final Cidr BLOCK = Cidr.parse("100.64.0.0/16");

    private static List<Finding> stops(ClusterSnapshot cluster, String podCidr) {
        return Asked.assess(new CustomNetworkingStrategy(), cluster, Map.of("podCidr", podCidr)).findings().stream()
                .filter(Finding::stops)
                .filter(f -> !f.code().equals("VCN-TARGETS-END"))
                .toList();
    }

    /** The phases of subnet discovery in that block. */
    private static List<String> phases(ClusterSnapshot cluster) {
        return Asked.plan(
                        new SubnetDiscoveryStrategy(),
                        cluster,
                        Map.of("podCidr", BLOCK.toString()),
                        new Intent(Optional.empty(), List.of(), List.of()),
                        kind -> BuiltInSteps.all(BuiltInProbes.all()).stream()
                                .filter(k -> k.id().equals(kind))
                                .findFirst())
                .fold(planned -> planned.plan().phases().stream().map(Phase::id).toList(), refused -> {
                    throw new AssertionError(refused.findings());
                });
    }

    private static ClusterSnapshot withBlock(String state) {
        return withBlocks(List.of(new Vpc.CidrBlock(BLOCK, state)));
    }

    private static ClusterSnapshot withBlocks(List<Vpc.CidrBlock> more) {
        ClusterSnapshot healthy = Clusters.healthy();
        return ClusterSnapshot.of(
                healthy.source(),
                healthy.takenAt(),
                healthy.resources()
                        .map(r -> r instanceof Vpc vpc
                                ? new Vpc(
                                        vpc.id(),
                                        Stream.concat(vpc.cidrs().stream(), more.stream())
                                                .toList(),
                                        vpc.routed())
                                : r)
                        .toList(),
                List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"disassociated", "failed"})
    void associatesABlockAgainThatTheVpcNoLongerHas(String state) {
        assertThat(phases(withBlock(state))).startsWith("preflight", "block");
    }

    @ParameterizedTest
    @ValueSource(strings = {"associated", "associating"})
    void associatesNoBlockThatTheVpcHas(String state) {
        assertThat(phases(withBlock(state))).doesNotContain("block");
    }

    @Test
    void asksWhereTheVpcHasAsManyBlocksAsItMayByDefault() {
        List<Vpc.CidrBlock> four = IntStream.range(1, 5)
                .mapToObj(i -> new Vpc.CidrBlock(Cidr.parse("100." + (70 + i) + ".0.0/16"), "associated"))
                .toList();

        assertThat(stops(withBlocks(four), BLOCK.toString())).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo("VCN-CIDR-QUOTA");
            assertThat(f.message()).contains("5 CIDR blocks");
        });
        assertThat(stops(withBlocks(four), "100.71.0.0/16")).isEmpty();
        assertThat(stops(withBlocks(four.subList(1, 4)), BLOCK.toString())).isEmpty();
    }

    @Test
    void asksWhereTheVpcWouldHaveMoreSubnetsThanItMayByDefault() {
        assertThat(stops(withSubnets(200), BLOCK.toString())).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo("VCN-SUBNET-QUOTA");
            assertThat(f.message()).contains("202 subnets");
        });
        assertThat(stops(withSubnets(198), BLOCK.toString())).isEmpty();
    }

    private static ClusterSnapshot withSubnets(int count) {
        ClusterSnapshot healthy = Clusters.healthy();
        Subnet first = healthy.subnets().get(0);
        Stream<Subnet> more = IntStream.range(healthy.subnets().size(), count)
                .mapToObj(i -> new Subnet(
                        "subnet-other" + i,
                        "",
                        first.availabilityZone(),
                        Cidr.parse("10.0.64.0/18").nth(28, i),
                        11,
                        OptionalInt.empty(),
                        first.routeTable(),
                        false,
                        List.of(),
                        Map.of(),
                        Optional.empty()));
        return ClusterSnapshot.of(
                healthy.source(),
                healthy.takenAt(),
                Stream.concat(healthy.resources(), more).toList(),
                List.of());
    }

    @Test
    void refusesABlockThatIsBeingTakenAway() {
        assertThat(stops(withBlock("disassociating"), BLOCK.toString()))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("disassociating"));
    }
}
