package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.port.ActResult;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HoldersTest {

    private final Runs runs = new Runs();
    private final FakeWorld world = runs.world;

    private static MigrationPlan plan(String until) {
        return Things.plan(
                Things.phase("fence", Things.hold("settings", "new", until)),
                Things.phase("roll", Things.scripted("wait"), Things.cordon("a")),
                Things.phase("cleanup", Things.cordon("b")));
    }

    private void meddleWhileWaiting() {
        world.later(Duration.ofSeconds(10), () -> world.put(Things.config("settings", "meddled")));
        world.later(Duration.ofSeconds(10), () -> world.put(Things.config("go", "yes")));
        runs.kinds.forward.put(
                "wait",
                (view, progress) -> TinyKinds.value(view, "go").isPresent() ? TinyKinds.done() : TinyKinds.notYet("."));
    }

    @Test
    void asksAFinishedStepForActsAgainBeforeAnythingElse() {
        meddleWhileWaiting();
        RunResult result = runs.runner().apply(runs.request(plan("cleanup")));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(world.value("settings")).isEqualTo("new");
        assertThat(world.acts)
                .containsExactly(
                        TinyKinds.applying("settings", "new"),
                        TinyKinds.applying("settings", "new"),
                        new CordonNode("a", "uid-a"),
                        new CordonNode("b", "uid-b"));
        assertThat(runs.records(JournalRecord.StepLapsed.class))
                .containsExactly(new JournalRecord.StepLapsed("hold-settings", "another value"));
        assertThat(runs.records(JournalRecord.StepDone.class))
                .extracting(JournalRecord.StepDone::step)
                .containsExactly("hold-settings", "hold-settings", "wait", "cordon-a", "cordon-b");
    }

    @Test
    void letsGoAtTheNamedPhase() {
        meddleWhileWaiting();
        runs.runner().apply(runs.request(plan("roll")));
        assertThat(world.value("settings")).isEqualTo("meddled");
        assertThat(runs.records(JournalRecord.StepLapsed.class)).isEmpty();
    }

    @Test
    void doesNotBeginADrainWhileAStepDoesNotHold() {
        meddleWhileWaiting();
        world.later(Duration.ofSeconds(9), () -> {
            for (int i = 0; i < 5; i++) {
                world.refuse("ConfigMap kube-system/settings", ActResult.Reason.CONFLICT);
            }
        });
        world.beforeAct = act -> {
            if (act instanceof CordonNode) {
                assertThat(world.value("settings")).isEqualTo("new");
            }
        };
        RunResult result = runs.runner().apply(runs.request(plan("cleanup")));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().durationSeconds()).isGreaterThan(Duration.ofSeconds(10 + 1 + 2 + 4 + 8 + 16));
    }

    @Test
    void looksOnceMoreBeforeTheClusterIsLeftParked() {
        MigrationPlan plan = plan("cleanup");
        runs.kinds.forward.put("wait", (view, progress) -> {
            world.put(Things.config("settings", "meddled"));
            throw new IllegalStateException("oops");
        });
        RunResult result = runs.runner().apply(runs.request(plan));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.FAILED);
        assertThat(world.value("settings")).isEqualTo("new");
    }

    @Test
    void saysThatAStepDoesNotHoldWhenTheClusterIsLeftSo() {
        runs.kinds.forward.put("wait", (view, progress) -> {
            world.put(Things.config("settings", "meddled"));
            for (int i = 0; i < 50; i++) {
                world.refuse("ConfigMap kube-system/settings", ActResult.Reason.UNAVAILABLE);
            }
            throw new IllegalStateException("oops");
        });
        RunResult result = runs.runner().apply(runs.request(plan("cleanup")));
        assertThat(result.unsafe())
                .anyMatch(s -> s.startsWith("step hold-settings no longer holds: ConfigMap kube-system/settings"));
    }

    @Test
    void holdsAgainAfterAResume() {
        MigrationPlan plan = plan("cleanup");
        runs.runner().apply(runs.request(plan).within(RunLimits.NONE.until("fence")));
        world.put(Things.config("settings", "meddled meanwhile"));
        RunResult result = runs.runner().resume(runs.request(plan));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(world.value("settings")).isEqualTo("new");
    }
}
