package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.View;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
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
}
