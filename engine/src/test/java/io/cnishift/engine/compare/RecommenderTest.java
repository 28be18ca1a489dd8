package io.cnishift.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.plan.Goal;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.compare.Comparison.NetworkLine;
import io.cnishift.engine.compare.Comparison.Recommendation;
import io.cnishift.engine.compare.Comparison.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which strategy is taken, by what order of criteria, and with which words. */
final class RecommenderTest {

    private static final Goal GOAL = Goal.parse("pods=50");
    private static final int PODS = 10;

    private final Row stay = new Wanted("stay", 0, 50, PODS, 0).rehearsed(false).row();
    private final Row gentle = new Wanted("gentle", 0, 45, PODS, 0).row();
    private final Row roomy = new Wanted("roomy", 9, 10, 0, 0).row();
    private final Row strict = new Wanted("strict", 4, 50, PODS, PODS).row();

    @Test
    void takesWhatReachesTheGoalWithTheLeastNoticed() {
        Row full = new Wanted("stay", 0, 50, PODS, 0).reaching(false).row();
        assertThat(recommend(full, roomy, strict, gentle).strategy()).contains("gentle");
    }

    @Test
    void putsWhatIsPreferredBeforeAllElse() {
        Row full = new Wanted("stay", 0, 50, PODS, 0).reaching(false).row();
        assertThat(chosen(full, Preference.MOST_RELIEF)).contains("roomy");
        assertThat(chosen(full, Preference.NETWORK_POLICY)).contains("strict");
        assertThat(chosen(full, Preference.KEEP_VPC_IPS)).contains("gentle");
        assertThat(chosen(full, Preference.LEAST_DISRUPTION)).contains("gentle");
        assertThat(chosen(full, Preference.KEEP_VPC_IPS, Preference.NETWORK_POLICY))
                .contains("strict");
    }

    @Test
    void staysWhereThatIsEnoughUnlessSomethingElseIsPreferred() {
        assertThat(recommend(stay, gentle, roomy, strict).strategy()).contains("stay");
        assertThat(chosen(stay, Preference.LEAST_DISRUPTION)).contains("stay");
        assertThat(chosen(stay, Preference.KEEP_VPC_IPS)).contains("stay");
        Recommendation relief = new Recommender(List.of(stay, gentle, roomy), List.of(Preference.MOST_RELIEF))
                .recommend(Optional.of(GOAL));
        assertThat(relief.strategy()).contains("roomy");
        assertThat(relief.reasons())
                .contains(
                        "stay reaches the goal, but most-relief is preferred: 50 addresses free in the subnets, with roomy 90"
                                + " addresses free in the subnets",
                        "gentle: possible too, but with 55 addresses free in the subnets, against 90 addresses free in the"
                                + " subnets");
    }

    @Test
    void neverTakesWhatIsBlockedMissesTheGoalOrDidNotSucceed() {
        Row full = new Wanted("stay", 0, 50, PODS, 0).reaching(false).row();
        Row blocked = new Wanted("blocked", 0, 0, PODS, PODS).blocked().row();
        Row missing = new Wanted("missing", 0, 0, PODS, PODS).reaching(false).row();
        Row unrehearsed =
                new Wanted("unrehearsed", 0, 0, PODS, PODS).rehearsed(false).row();
        for (Preference preference : Preference.values()) {
            Recommendation none = new Recommender(List.of(full, blocked, missing, unrehearsed), List.of(preference))
                    .recommend(Optional.of(GOAL));
            assertThat(none.strategy()).as(preference.toString()).isEmpty();
            assertThat(none.reasons()).contains("blocked: it stands against it (TEST)");
        }
    }

    @Test
    void saysByWhichNumbersItJudged() {
        Recommendation relief = new Recommender(List.of(stay, gentle, roomy), List.of(Preference.MOST_RELIEF))
                .recommend(Optional.of(GOAL));
        assertThat(relief.preferred()).containsExactly("most-relief");
        assertThat(relief.criteria().get(0).name()).isEqualTo("addresses free in the subnets");
        assertThat(relief.criteria().get(0).numbers()).isEqualTo(Map.of("stay", 50.0, "gentle", 55.0, "roomy", 90.0));
        assertThat(relief.criteria()).extracting(Comparison.CriterionLine::name).doesNotHaveDuplicates();
    }

    private Optional<String> chosen(Row first, Preference... preferences) {
        return new Recommender(List.of(first, roomy, strict, gentle), List.of(preferences))
                .recommend(Optional.of(GOAL))
                .strategy();
    }

    private static Recommendation recommend(Row... rows) {
        return new Recommender(List.of(rows), List.of()).recommend(Optional.of(GOAL));
    }

    /** A row of which the parts that are judged differ. */
    private record Wanted(
            String id,
            int moved,
            int usedAfter,
            int inVpc,
            int underPolicy,
            boolean reached,
            boolean ran,
            boolean open) {

        Wanted(String id, int moved, int usedAfter, int inVpc, int underPolicy) {
            this(id, moved, usedAfter, inVpc, underPolicy, true, true, true);
        }

        Wanted reaching(boolean goal) {
            return new Wanted(id, moved, usedAfter, inVpc, underPolicy, goal, ran, open);
        }

        Wanted rehearsed(boolean yes) {
            return new Wanted(id, moved, usedAfter, inVpc, underPolicy, reached, yes, open);
        }

        Wanted blocked() {
            return new Wanted(id, moved, usedAfter, inVpc, underPolicy, reached, ran, false);
        }

        Row row() {
            Finding against = Finding.of("TEST", Severity.BLOCKER, "all", "it stands against it", "none", "none");
            return new Row(
                    id,
                    id,
                    open,
                    open ? List.of() : List.of(against),
                    new Assessment.Capacity(Map.of(), 60),
                    List.of(new SubnetBudget("subnet-1", "a", Cidr.parse("10.0.0.0/25"), 100, 50, 50, usedAfter)),
                    new Comparison.DisruptionLine(moved, 0, 0, 0, 0),
                    new Assessment.Cost(0, 0),
                    new Assessment.Features(List.of(), List.of()),
                    new Assessment.Reversible(Optional.empty(), ""),
                    Optional.of(new Comparison.GoalLine(reached, reached ? "60 of 50" : "40 of 50")),
                    ran
                            ? Optional.of(new Comparison.RehearsalLine("succeeded", 60, 1, List.of(), List.of()))
                            : Optional.empty(),
                    Optional.of(new NetworkLine(PODS, inVpc, underPolicy)));
        }
    }
}
