package io.cnishift.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.step.MakeNodeGroup;
import io.cnishift.api.step.ParkAutoscaling;
import io.cnishift.api.step.RemoveNodeGroup;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.fact.FactCheck;
import io.cnishift.engine.step.BuiltInSteps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class StepFactsTest {

    private static final String GROUP = "node-groups/old";

    private static final Step PARK =
            step("park", new ParkAutoscaling(List.of("old"), List.of("Launch"), List.of(), List.of()), GROUP);
    private static final Step MAKE = step(
            "make",
            new MakeNodeGroup("new", "old", "", Map.of(), List.of(), List.of("subnet-a"), 3),
            "node-groups/new");
    private static final Step REMOVE = step("remove", new RemoveNodeGroup("new"), "node-groups/new");

    private static Step step(String id, Record params, String touches) {
        return Step.of(id, StepKinds.id(params.getClass()), params, "", List.of(touches), "");
    }

    private static View view(Map<String, String> labels, List<String> suspended) {
        ViewFeed feed = new ViewFeed();
        feed.apply(Change.of(new NodeGroup(
                "old",
                NodeGroup.Kind.MANAGED,
                "ACTIVE",
                Optional.of("asg-old"),
                1,
                8,
                3,
                List.of("m5.large"),
                "AL2023_x86_64_STANDARD",
                "on-demand",
                List.of("subnet-a"),
                Optional.empty(),
                NodeGroup.MaxPodsBy.USER_DATA,
                OptionalInt.of(29),
                labels,
                List.of(),
                "role",
                false,
                suspended,
                List.of(),
                List.of(),
                Map.of(),
                Owner.NONE)));
        return feed.view();
    }

    private static List<Step> derived(Step... steps) {
        View view = view(Map.of("team", "shop"), List.of());
        StepFacts facts = new StepFacts(
                id -> BuiltInSteps.all().stream().filter(k -> k.id().equals(id)).findFirst());
        return facts.derive(List.of(new Phase("roll", List.of(steps))), view)
                .get(0)
                .steps();
    }

    @Test
    void whatALaterStepReliesOnMustHoldUntilAnEarlierOneTouchesIt() {
        List<Step> steps = derived(PARK, MAKE);
        assertThat(steps.get(0).facts())
                .contains(
                        Fact.equal(GROUP, "labels", "{\"team\":\"shop\"}"),
                        Fact.equal(GROUP, "subnets", "[\"subnet-a\"]"),
                        Fact.equal(GROUP, "launchTemplate.version", "<absent>"))
                .doesNotHaveDuplicates();
        assertThat(steps.get(1).facts()).isEmpty();
        assertThat(FactCheck.differences(steps, view(Map.of("team", "shop"), List.of("Launch"))))
                .isEmpty();
        assertThat(FactCheck.differences(steps, view(Map.of("team", "other"), List.of())))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("labels is {\"team\":\"other\"}, but step park"));
    }

    @Test
    void ofAThingThatNobodyTouchedTheStepItselfHasTheFacts() {
        assertThat(derived(MAKE).get(0).facts()).extracting(Fact::field).contains("kind", "labels", "taints");
    }

    @Test
    void whatAnEarlierStepMakesIsNoFact() {
        List<Step> steps = derived(MAKE, REMOVE);
        assertThat(steps)
                .allSatisfy(
                        s -> assertThat(s.facts()).noneMatch(f -> f.subject().equals("node-groups/new")));
    }
}
