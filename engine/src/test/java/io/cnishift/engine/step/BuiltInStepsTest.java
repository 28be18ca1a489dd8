package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.step.FenceAwsNode;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.fact.Facts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BuiltInStepsTest {

    @Test
    void namesEveryKindOnce() {
        assertThat(BuiltInSteps.all()).extracting(StepKind::id).doesNotHaveDuplicates();
        assertThat(BuiltInSteps.all())
                .allSatisfy(kind -> assertThat(kind.handler().reads()).isNotNull());
    }

    @Test
    void bringsTheBehaviourOfEveryPublishedKind() {
        assertThat(BuiltInSteps.all().stream().<Class<?>>map(StepKind::params))
                .containsExactlyInAnyOrderElementsOf(StepKinds.all());
    }

    @Test
    void explainsEveryCodeInASentence() {
        assertThat(BuiltInSteps.codes()).isNotEmpty().allSatisfy((code, text) -> {
            assertThat(code).startsWith("STEP-");
            assertThat(text).endsWith(".");
        });
    }

    @Test
    void derivesFactsThatHoldAndStopHoldingWhenTheFieldChanges() {
        View view = Scene.of(Make.awsNode(2).build()).view();
        List<Fact> facts = new FenceAwsNodeHandler().facts(view, new FenceAwsNode("a", "b", "c"));
        assertThat(facts)
                .hasSize(2)
                .allSatisfy(fact -> assertThat(Facts.holds(view, fact)).isTrue());
        View changed = Scene.of(Make.awsNode(2)
                        .spec(Map.of("nodeSelector", Map.of("a", "b")))
                        .build())
                .view();
        assertThat(facts)
                .anySatisfy(fact -> assertThat(Facts.holds(changed, fact)).isFalse());
    }
}
