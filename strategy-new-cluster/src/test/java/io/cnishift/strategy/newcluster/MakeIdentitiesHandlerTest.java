package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Progress;
import io.cnishift.simulator.kit.Asked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MakeIdentitiesHandlerTest {

    private static final PodIdentity OPERATOR =
            new PodIdentity("kube-system", "cilium-operator", "arn:aws:iam::111122223333:role/operator");
    private static final Instant MADE = Instant.parse("2026-11-27T12:00:00Z");

    private static StepOutcome next(Instant now, List<Progress.Entry> done) {
        ClusterSnapshot second = Asked.scenario("stateful-green-second");
        ClusterSnapshot associated = ClusterSnapshot.of(
                second.source(),
                second.takenAt(),
                Stream.concat(second.resources(), Stream.of(OPERATOR)).toList(),
                List.of());
        return new MakeIdentitiesHandler()
                .next(
                        View.of(Asked.scenario("stateful-green"), associated),
                        new MakeIdentities(List.of(OPERATOR)),
                        new Begun(now, done));
    }

    @Test
    void podsAreMadeOnceEksKnowsTheirRoleEverywhere() {
        List<Progress.Entry> made = List.of(new Progress.Entry(
                new OnSecond(new CreatePodIdentity(OPERATOR, Map.of())),
                Map.of(),
                new ActResult.Performed(Map.of()),
                MADE));

        assertThat(next(MADE.plusSeconds(30), made)).isInstanceOf(StepOutcome.NotYet.class);
        assertThat(next(MADE.plusSeconds(60), made)).isInstanceOf(StepOutcome.Done.class);
    }

    @Test
    void whatWasThereBeforeIsKnown() {
        assertThat(next(MADE, List.of())).isInstanceOf(StepOutcome.Done.class);
    }
}
