package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What hangs on a first cluster that is to be deleted. */
final class FirstUseTest {

    private static final ClusterSnapshot CLEAN = Asked.scenario("clean-cluster");

    @Test
    void aNodeGroupThatCameAfterThePlanIsInTheWayEvenWithoutNodes() {
        View both = View.of(CLEAN, Asked.scenario("clean-cluster-green"));
        View second = both.second().orElseThrow();

        assertThat(FirstUse.against(both, second, new CheckFirst("clean-cluster", List.of(), List.of())))
                .map(Finding::subject)
                .hasValue("node group workers");
        assertThat(FirstUse.against(both, second, new CheckFirst("clean-cluster", List.of("workers"), List.of())))
                .map(Finding::subject)
                .hasValueSatisfying(subject -> assertThat(subject).startsWith("node ip-"));
    }

    private static final Volume UNCLAIMED = new Volume(
            "pv-old",
            "ebs.csi.aws.com",
            "vol-0123456789abcdef0",
            Optional.empty(),
            Optional.empty(),
            List.of("ReadWriteOnce"),
            "Delete",
            Optional.empty());

    private static ClusterSnapshot withVolume() {
        return ClusterSnapshot.of(
                CLEAN.source(),
                CLEAN.takenAt(),
                Stream.concat(CLEAN.resources(), Stream.of(UNCLAIMED)).toList(),
                List.of());
    }

    private static List<String> inUse(Map<String, Object> options) {
        return Asked.assess(new NewClusterStrategy(), withVolume(), Asked.scenario("clean-cluster-green"), options)
                .findings()
                .stream()
                .filter(f -> f.code().equals("NEW-FIRST-IN-USE"))
                .map(Finding::subject)
                .toList();
    }

    @Test
    void aVolumeThatIsNotCarriedForbidsADeletionBeforeItBegins() {
        assertThat(inUse(Map.of("deleteBlue", "true"))).containsExactly("volume pv-old");
        assertThat(inUse(Map.of())).isEmpty();
        assertThat(inUse(Map.of("deleteBlue", "true", "workloads", "gitops"))).isEmpty();
    }

    @Test
    void aVolumeThatWouldBeLeftStopsTheRunWhileItsDriverRuns() {
        View both = View.of(withVolume(), Asked.scenario("clean-cluster-green"));

        assertThat(new CheckVolumesHandler().next(both, new CheckVolumes("clean-cluster"), new Begun()))
                .isInstanceOfSatisfying(
                        StepOutcome.Blocked.class,
                        blocked -> assertThat(blocked.finding().remedy()).contains("while its driver still runs"));
        assertThat(new CheckVolumesHandler()
                        .next(View.of(withVolume(), withVolume()), new CheckVolumes("clean-cluster"), new Begun()))
                .isInstanceOf(StepOutcome.Done.class);
    }
}
