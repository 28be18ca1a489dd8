package io.cnishift.strategy.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.simulator.kit.Asked;
import org.junit.jupiter.api.Test;

final class ChainingAssessmentTest {

    @Test
    void freesNothingAndSaysSo() {
        Assessment assessment = Asked.assess(new ChainingStrategy(), Asked.scenario("govcloud-26"));

        assertThat(assessment.feasible()).isTrue();
        assertThat(Asked.codes(assessment.findings())).contains("CHN-NO-RELIEF");
        assertThat(assessment.ipBudget())
                .allSatisfy(b -> assertThat(b)
                        .extracting(SubnetBudget::peakDuring, SubnetBudget::usedAfter)
                        .containsExactly(b.usedNow(), b.usedNow()));
        assertThat(assessment.capacity().clusterMaxPods()).isEqualTo(3 * 29);
    }

    @Test
    void restartsEveryPodThatIsNotOnTheHostNetwork() {
        Assessment assessment = Asked.assess(new ChainingStrategy(), Asked.scenario("govcloud-26"));

        assertThat(assessment.disruption().podsRestarted()).isEqualTo(36);
        assertThat(assessment.disruption().nodesReplaced()).isZero();
    }

    @Test
    void planIsRefusedWithOneClearFinding() {
        assertThat(Asked.refusal(new ChainingStrategy(), Asked.scenario("minnie-wallace")))
                .containsExactly("CHN-NOT-PLANNED");
    }
}
