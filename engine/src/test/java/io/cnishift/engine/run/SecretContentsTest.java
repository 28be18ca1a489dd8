package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.report.RunResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is in Secrets stays out of the journal. */
final class SecretContentsTest {

    private static final ObjectRef SECRET = ObjectRef.of("v1", "Secret", "web", "token");
    private static final Map<String, Object> STANDS = Map.of(
            "kind",
            "Secret",
            "metadata",
            Map.of(
                    "name",
                    "token",
                    "namespace",
                    "web",
                    "uid",
                    "u-1",
                    "annotations",
                    Map.of("kubectl.kubernetes.io/last-applied-configuration", "aHVudGVyMg==")),
            "data",
            Map.of("password", "aHVudGVyMg=="));
    private static final MigrationPlan PLAN = Things.plan(Things.phase("one", Things.scripted("s")));

    private final Runs runs = new Runs();

    @Test
    void anActOnOneThatIsThereIsRefusedAndNothingOfItIsWrittenDown() {
        Act patch =
                new PatchObject(SECRET, PatchType.MERGE, Map.of("data", Map.of("password", "bmV3")), Optional.empty());
        runs.world.stands.put(patch.target(), STANDS);
        runs.kinds.forward.put("s", (view, progress) -> new StepOutcome.Perform(List.of(patch), "another password"));
        RunResult result = runs.runner().apply(runs.request(PLAN));

        assertThat(runs.world.acts).isEmpty();
        assertThat(result.report().reason()).contains("what is in a Secret is not recorded");
        assertThat(runs.journal.lines().toString()).doesNotContain("aHVudGVyMg==");
    }

    @Test
    void ofOneThatGoesOnTheWayBackOnlyItsNameIsKept() {
        Act delete = new DeleteObject(SECRET, Optional.empty());
        runs.world.stands.put(delete.target(), STANDS);
        runs.kinds.forward.put("s", (view, progress) -> TinyKinds.done());
        runs.kinds.back.put(
                "s",
                (view, progress) -> runs.world.acts.isEmpty()
                        ? new StepOutcome.Perform(List.of(delete), "ours")
                        : TinyKinds.done());
        runs.runner().apply(runs.request(PLAN));
        runs.runner().back(runs.request(PLAN), Optional.empty(), List.of("s"));

        assertThat(runs.world.acts).containsExactly(delete);
        assertThat(runs.journal.lines().toString()).doesNotContain("aHVudGVyMg==");
        assertThat(runs.records(JournalRecord.ActIntended.class))
                .singleElement()
                .satisfies(intent -> {
                    assertThat(intent.before()).containsKeys("kind", "metadata").doesNotContainKey("data");
                    assertThat(intent.undo()).isEmpty();
                });
    }
}
