package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Helm that died, of ours and of others, while clusters are joined. */
final class JoinMeshHandlerTest {

    private static final JoinMesh PARAMS = new JoinMesh(side("blue"), side("red"));
    private static final Instant BEGUN = Instant.EPOCH;

    private final JoinMeshHandler handler = new JoinMeshHandler();

    private static MeshSide side(String name) {
        return new MeshSide(
                name, "repo/cilium", "1.20.0", Map.of(), Map.of("clustermesh", Map.of("useAPIServer", true)));
    }

    private static ClusterSnapshot with(ClusterSnapshot of, String status, int more) {
        return Meshed.of(
                of,
                of.resources()
                        .map(r -> r instanceof Release release && release.name().equals("cilium")
                                ? new Release(
                                        release.namespace(),
                                        release.name(),
                                        release.chart(),
                                        release.chartVersion(),
                                        status,
                                        release.revision() + more,
                                        release.values())
                                : r)
                        .toList());
    }

    private static View view(String status, int more) {
        return View.of(Meshed.first(), with(Meshed.second(), status, more));
    }

    private StepOutcome next(View view, Duration later, Progress.Entry... done) {
        return handler.next(view, PARAMS, new Begun(BEGUN.plus(later), List.of(done)));
    }

    /** What it wants to do on the second cluster while all is well. */
    private Act onSecond() {
        return ((StepOutcome.Perform) next(view("deployed", 0), Duration.ZERO))
                .acts().stream().filter(OnSecond.class::isInstance).findFirst().orElseThrow();
    }

    private static Progress.Entry lost(Act act) {
        int revision = View.of(Meshed.second())
                .release("kube-system", "cilium")
                .orElseThrow()
                .revision();
        return new Progress.Entry(
                act,
                Map.of("revision", revision),
                new ActResult.Refused(ActResult.Reason.UNAVAILABLE, "the process died"),
                BEGUN);
    }

    @Test
    void ofOneThatDiedInOurActTheActIsAskedForAgain() {
        Act act = onSecond();
        View died = view("pending-upgrade", 1);

        assertThat(next(died, Duration.ofSeconds(59), lost(act))).isInstanceOf(StepOutcome.NotYet.class);
        assertThat(next(died, Duration.ofSeconds(60), lost(act)))
                .isInstanceOfSatisfying(
                        StepOutcome.Perform.class,
                        perform -> assertThat(perform.acts()).contains(act));
    }

    @Test
    void whatAnotherOneLeftIsAPersons() {
        Act act = onSecond();
        View anothers = view("pending-upgrade", 2);

        assertThat(next(anothers, Duration.ofMinutes(14), lost(act))).isInstanceOf(StepOutcome.NotYet.class);
        assertThat(next(anothers, Duration.ofMinutes(15), lost(act)))
                .isInstanceOfSatisfying(
                        StepOutcome.Blocked.class,
                        blocked -> assertThat(blocked.finding().code()).isEqualTo("NEW-MESH-RELEASE"));
    }

    private static Progress.Entry refused(Act act, ActResult.Reason reason) {
        return new Progress.Entry(act, Map.of(), new ActResult.Refused(reason, "Helm said no"), BEGUN);
    }

    @ParameterizedTest
    @EnumSource
    void oneThatFailedIsNotTriedAgainWhateverHelmAnswered(ActResult.Reason reason) {
        Act act = onSecond();
        View failed = view("failed", 1);

        assertThat(next(failed, Duration.ofMinutes(1), refused(act, reason))).isInstanceOf(StepOutcome.Failed.class);
    }

    @ParameterizedTest
    @EnumSource
    void norOnTheWayBack(ActResult.Reason reason) {
        View failed = view("failed", 1);
        Act act = ((StepOutcome.Perform) handler.back(failed, PARAMS, new Begun()))
                .acts().stream().filter(OnSecond.class::isInstance).findFirst().orElseThrow();

        assertThat(handler.back(failed, PARAMS, new Begun(BEGUN.plusSeconds(60), List.of(refused(act, reason)))))
                .isInstanceOf(StepOutcome.Failed.class);
    }

    @Test
    void oneThatFailedAfterItWasDoneIsNotTriedAgain() {
        Act act = onSecond();
        Progress.Entry done = new Progress.Entry(act, Map.of(), new ActResult.Performed(Map.of()), BEGUN);
        View failed = view("failed", 0);

        assertThat(next(failed, Duration.ofMinutes(1), done)).isInstanceOf(StepOutcome.Failed.class);
        assertThat(next(failed, Duration.ofMinutes(1))).isInstanceOf(StepOutcome.Perform.class);
        assertThat(((OnSecond) act).act()).isInstanceOf(UpgradeRelease.class);
    }
}
