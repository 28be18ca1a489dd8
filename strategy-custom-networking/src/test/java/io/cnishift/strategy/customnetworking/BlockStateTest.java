package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        ClusterSnapshot healthy = Clusters.healthy();
        return ClusterSnapshot.of(
                healthy.source(),
                healthy.takenAt(),
                healthy.resources()
                        .map(r -> r instanceof Vpc vpc
                                ? new Vpc(
                                        vpc.id(),
                                        Stream.concat(vpc.cidrs().stream(), Stream.of(new Vpc.CidrBlock(BLOCK, state)))
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
    void refusesABlockThatIsBeingTakenAway() {
        assertThat(stops(withBlock("disassociating"), BLOCK.toString()))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("disassociating"));
    }
}
