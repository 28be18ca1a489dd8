package io.cnishift.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.plan.Target;
import io.cnishift.api.step.LabelNodes;
import io.cnishift.api.step.RemoveNodeGroup;
import io.cnishift.api.step.StepKinds;
import io.cnishift.api.step.SwitchTargetType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExecutorsTest {

    private static final Step LABEL = step("label", new LabelNodes(List.of("old"), "a", "b", "c"), "node-groups/old");
    private static final Step SWITCH = step("switch", new SwitchTargetType("web", "api", 60), "services/web/api");
    private static final Step OTHER = step("other", new SwitchTargetType("web", "free", 60), "services/web/free");
    private static final Step REMOVE = step("remove", new RemoveNodeGroup("old"), "node-groups/old");
    private static final List<Phase> PHASES =
            List.of(new Phase("entry", List.of(LABEL, SWITCH, OTHER)), new Phase("cleanup", List.of(REMOVE)));
    private static final Step THERE = step("there", new SwitchTargetType("web", "api", 60), StepDraft.SECOND);

    @Test
    void whatAnOwnerWouldTakeBackIsLeftToItAndNothingElse() {
        assertThat(executors(Map.of()))
                .isEqualTo(Map.of(
                        "label", Executor.CNISHIFT,
                        "switch", Executor.OWNER,
                        "other", Executor.CNISHIFT,
                        "remove", Executor.CNISHIFT));
    }

    @Test
    void theNarrowestWordCounts() {
        Map<String, Executor> words = Map.of(
                "all",
                Executor.OWNER,
                "cleanup",
                Executor.CNISHIFT,
                "switch-target-type",
                Executor.CNISHIFT,
                "other",
                Executor.OWNER);
        assertThat(executors(words))
                .containsEntry("switch", Executor.CNISHIFT)
                .containsEntry("other", Executor.OWNER)
                .containsEntry("remove", Executor.CNISHIFT);
        assertThat(executors(Map.of("all", Executor.OWNER))).containsEntry("remove", Executor.OWNER);
    }

    @Test
    void whatMovesAndWatchesStaysWithCnishift() {
        assertThat(executors(Map.of("all", Executor.OWNER, "entry", Executor.OWNER)))
                .containsEntry("label", Executor.CNISHIFT);
        assertThat(findings(Map.of("label", Executor.OWNER)))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("states nothing that an owner could write down"));
    }

    @Test
    void whatChangesOnlyASecondClusterStaysWithCnishift() {
        List<Phase> phases = List.of(new Phase("copy", List.of(THERE)));
        Executors owners = new Executors(new OwnerOptions(Map.of("all", Executor.OWNER), ArgoCd.LEAVE), view());
        assertThat(owners.assign(phases).get(0).steps())
                .extracting(Step::executor)
                .containsExactly(Executor.CNISHIFT);
        assertThat(findings(Map.of("there", Executor.OWNER), phases))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("changes only a second cluster"));
    }

    @Test
    void aPhaseThatIsAboutASecondClusterIsNoOwnersAndItIsSaidHowOneOfItsOwnersIsNamed() {
        List<Phase> phases = List.of(
                new Phase("make-second", List.of(THERE, OTHER)),
                new Phase(
                        "lead-names",
                        List.of(step("lead", new SwitchTargetType("web", "free", 60), "services/web/free"), THERE)));
        Target made = new Target("new:b", "b", "1", "arn", "r", "");

        assertThat(findings(Map.of("make-second", Executor.OWNER), phases, Optional.of(made)))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.code()).isEqualTo("OPT-INVALID");
                    assertThat(f.subject()).isEqualTo("option executor.make-second");
                    assertThat(f.remedy()).contains("to=eks:NAME");
                });
        assertThat(findings(Map.of("make-second", Executor.OWNER), phases))
                .singleElement()
                .satisfies(f -> assertThat(f.remedy()).isEqualTo("leave it to cnishift"));
        assertThat(findings(Map.of("label", Executor.OWNER), List.of(phases.get(0), PHASES.get(0)), Optional.of(made)))
                .singleElement()
                .satisfies(f -> assertThat(f.remedy()).isEqualTo("leave it to cnishift"));
        assertThat(findings(Map.of("lead-names", Executor.OWNER, "other", Executor.OWNER), phases))
                .isEmpty();
    }

    @Test
    void aNameThatThePlanHasNotIsRefusedWithTheNearest() {
        assertThat(findings(Map.of("clean", Executor.OWNER))).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo("OPT-INVALID");
            assertThat(f.stops()).isTrue();
        });
        assertThat(findings(Map.of("cleanupp", Executor.OWNER)))
                .singleElement()
                .satisfies(f -> assertThat(f.remedy()).isEqualTo("did you mean cleanup?"));
    }

    @Test
    void whoeverGoesPastAnOwnerIsWarned() {
        assertThat(findings(Map.of("all", Executor.CNISHIFT))).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo("PLAN-OWNER-REVERTS");
            assertThat(f.message()).startsWith("argo-cd shop holds");
        });
    }

    private static Map<String, Executor> executors(Map<String, Executor> words) {
        Map<String, Executor> executors = new HashMap<>();
        new Executors(new OwnerOptions(words, ArgoCd.LEAVE), view())
                .assign(PHASES)
                .forEach(phase -> phase.steps().forEach(s -> executors.put(s.id(), s.executor())));
        return executors;
    }

    private static List<Finding> findings(Map<String, Executor> words) {
        return findings(words, PHASES);
    }

    private static List<Finding> findings(Map<String, Executor> words, List<Phase> phases) {
        return findings(words, phases, Optional.empty());
    }

    private static List<Finding> findings(Map<String, Executor> words, List<Phase> phases, Optional<Target> second) {
        Target target = new Target("sim:a", "a", "1", "arn", "r", "uid");
        return new Executors(new OwnerOptions(words, ArgoCd.LEAVE), view())
                .findings(
                        new MigrationPlan(1, "s", target, Map.of(), List.of(), List.of(), List.of(), phases, second),
                        Optional.of("to"));
    }

    private static View view() {
        ViewFeed feed = new ViewFeed();
        feed.apply(Change.of(service("api", Map.of("argocd.argoproj.io/tracking-id", "shop:/Service:web/api"))));
        feed.apply(Change.of(service("free", Map.of())));
        return feed.view();
    }

    private static Service service(String name, Map<String, String> annotations) {
        return KubeProjection.service(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("namespace", "web", "name", name, "annotations", annotations)));
    }

    private static Step step(String id, Record params, String touches) {
        return Step.of(id, StepKinds.id(params.getClass()), params, "", List.of(touches), "");
    }
}
