package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.step.RollNodes.Singletons;
import io.cnishift.engine.step.Disruptions.Verdict.Kind;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DisruptionsTest {

    private static final Map<String, String> LABELS = Map.of("app", "api");

    private static MakePod pod(String name) {
        return new MakePod("web", name).of("api");
    }

    /** A budget over three pods of which two must be healthy. */
    private static Budget budget(int healthy, boolean alwaysAllowUnhealthy) {
        return new Budget(
                "web",
                "api",
                "uid-api",
                Map.of("matchLabels", LABELS),
                Optional.of("2"),
                Optional.empty(),
                Math.max(0, healthy - 2),
                healthy,
                2,
                3,
                alwaysAllowUnhealthy);
    }

    private static Kind verdict(Pod pod, Budget budget) {
        return verdict(Scene.of(budget, pod), pod);
    }

    private static Kind verdict(Scene scene, Pod pod) {
        FakeProgress progress = new FakeProgress();
        SurgeMove surge = new SurgeMove(scene.view(), progress, false);
        return new Disruptions(scene.view(), progress, Singletons.ROLLOUT, surge)
                .of(pod)
                .kind();
    }

    @Test
    void letsACrashLoopingPodGoThatAHealthyBudgetDoesNotNeed() {
        Pod broken = pod("broken").notReady().build();
        assertThat(verdict(broken, budget(2, false))).isEqualTo(Kind.EVICT);
        assertThat(verdict(pod("sound").build(), budget(2, false))).isEqualTo(Kind.WAIT);
    }

    @Test
    void keepsAPodThatMayYetBecomeReadyWhereTheBudgetIsShort() {
        Pod broken = pod("broken").notReady().build();
        assertThat(verdict(broken, budget(1, false))).isEqualTo(Kind.WAIT);
        assertThat(verdict(broken, budget(1, true))).isEqualTo(Kind.EVICT);
    }

    @Test
    void seesABudgetThatHasClosedSinceItLastLooked() {
        Pod sound = pod("sound").build();
        Scene scene = Scene.of(budget(3, false), sound);
        assertThat(verdict(scene, sound)).isEqualTo(Kind.EVICT);
        scene.with(new Budget(
                "web",
                "api",
                "uid-api",
                Map.of("matchLabels", LABELS),
                Optional.of("3"),
                Optional.empty(),
                0,
                3,
                3,
                3,
                false));
        assertThat(verdict(scene, sound)).isEqualTo(Kind.NEVER);
    }

    @Test
    void asksNoBudgetAboutAPodThatIsPending() {
        Pod pending = pod("pending").phase(Pod.Phase.PENDING).build();
        assertThat(verdict(pending, budget(1, false))).isEqualTo(Kind.EVICT);
    }
}
