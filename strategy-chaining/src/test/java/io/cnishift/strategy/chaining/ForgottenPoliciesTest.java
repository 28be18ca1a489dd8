package io.cnishift.strategy.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.PolicyEndpoint;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ForgottenPoliciesTest {

    private static final ClusterSnapshot CLUSTER = Asked.scenario("chained-policy");

    private static ProbeStatus judged(Resource... more) {
        ClusterSnapshot cluster = ClusterSnapshot.of(
                CLUSTER.source(),
                CLUSTER.takenAt(),
                Stream.concat(CLUSTER.resources(), Stream.of(more)).toList(),
                List.of());
        return new ForgottenPolicies().judge(View.of(cluster), Map.of()).status();
    }

    @Test
    void anEndpointOfAPolicyThatIsGoneIsNotForgotten() {
        NetworkPolicy there = CLUSTER.networkPolicies().get(0);

        assertThat(judged()).isEqualTo(ProbeStatus.PASS);
        assertThat(judged(new PolicyEndpoint(there.namespace(), there.name() + "-abc", there.name())))
                .isEqualTo(ProbeStatus.PASS);
        assertThat(judged(new PolicyEndpoint(there.namespace(), "gone-abc", "gone")))
                .isEqualTo(ProbeStatus.FAIL);
    }
}
