package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Constraint;
import io.cnishift.simulator.kit.Asked;
import org.junit.jupiter.api.Test;

final class NewClusterAssessmentTest {

    @Test
    void bothClustersDoNotFitIntoAFullSubnet() {
        Assessment assessment = Asked.assess(new NewClusterStrategy(), Asked.scenario("govcloud-26"));

        assertThat(assessment.feasible()).isFalse();
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("NEW-NO-ROOM"))
                .singleElement()
                .satisfies(f -> assertThat(f.message())
                        .contains("10.40.8.0/26 has 3 free addresses; the new cluster needs 4: 3 nodes and 1 load"));
        assertThat(Asked.codes(assessment.findings())).contains("NEW-VOLUMES").doesNotContain("NEW-CONTROL-PLANE-ROOM");
    }

    @Test
    void costsAsManyNodesAgainAsThereAre() {
        Assessment assessment = Asked.assess(new NewClusterStrategy(), Asked.scenario("minnie-wallace"));

        assertThat(assessment.feasible()).isTrue();
        assertThat(assessment.cost().peakExtraNodes()).isEqualTo(4);
        assertThat(assessment.capacity().clusterMaxPods()).isEqualTo(4 * 58);
    }

    @Test
    void isOutWhenASecondClusterIsForbidden() {
        Assessment assessment =
                Asked.assess(new NewClusterStrategy(), Asked.scenario("minnie-wallace"), Constraint.NEW_CLUSTER);

        assertThat(assessment.feasible()).isFalse();
        assertThat(Asked.codes(assessment.findings())).contains("NEW-FORBIDDEN");
    }

    @Test
    void planNeedsASecondCluster() {
        assertThat(Asked.refusal(new NewClusterStrategy(), Asked.scenario("govcloud-26")))
                .containsExactly("NEW-NO-SECOND");
    }

    @Test
    void doesNotGuessWhatWasNotRead() {
        Assessment assessment = Asked.assess(new NewClusterStrategy(), Asked.unread("minnie-wallace", Part.PODS));

        assertThat(assessment.feasible()).isFalse();
        assertThat(assessment.findings())
                .filteredOn(f -> f.code().equals("NEW-UNKNOWN"))
                .singleElement()
                .satisfies(f -> assertThat(f.subject() + ": " + f.message()).isEqualTo("pods: not read: denied"));
        assertThat(Asked.codes(Asked.assess(new NewClusterStrategy(), Asked.unread("minnie-wallace", Part.RELEASES))
                        .findings()))
                .doesNotContain("NEW-UNKNOWN");
    }
}
