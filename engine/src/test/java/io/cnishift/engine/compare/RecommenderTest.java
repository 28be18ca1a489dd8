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
        Recommendation relief = new Recommender(
                        List.of(stay, gentle, roomy), List.of(Preference.MOST_RELIEF), Shortage.ADDRESSES)
                .recommend(Optional.of(GOAL));
        assertThat(relief.strategy()).contains("roomy");
        assertThat(relief.reasons())
                .contains(
                        "stay reaches the goal, but most-relief is preferred: 50 addresses free in the subnets, with roomy 90"
                                + " addresses free in the subnets",
                        "gentle: possible too, but with 55 addresses free in the subnets, against 90");
    }

    @Test
    void mostReliefIsPodsThatFitWherePodSlotsAreShort() {
        Row full = new Wanted("stay", 0, 50, PODS, 0).reaching(false).row();
        Row slots = new Wanted("slots", 0, 49, PODS, 0).fitting(120).row();
        Row addresses = new Wanted("addresses", 0, 0, PODS, 0).fitting(70).row();
        assertThat(relieving(Shortage.POD_SLOTS, full, addresses, slots)).contains("slots");
        assertThat(relieving(Shortage.ADDRESSES, full, addresses, slots)).contains("addresses");
    }

    @Test
    void requestsThatLoadBalancersLoseCountMoreThanPodsThatMove() {
        Row full = new Wanted("stay", 0, 50, PODS, 0).reaching(false).row();
        Row losing = new Wanted("losing", 0, 45, PODS, 0).losing(17).row();
        assertThat(chosen(full, losing, Preference.LEAST_DISRUPTION)).contains("strict");
        assertThat(chosen(full, losing)).contains("strict");
        assertThat(recommend(full, losing).reasons())
                .anyMatch(r -> r.endsWith("their minimum; 17 s in which load balancers lost requests"));
    }

    @Test
    void aMoveToAnotherClusterIsNeverTheLeastNoticedWhileAnythingElseIsPossible() {
        Row full = new Wanted("stay", 0, 50, PODS, 0).reaching(false).row();
        Row moving = new Wanted("moving", 0, 45, PODS, 0).elsewhere().row();
        assertThat(chosen(full, moving, Preference.LEAST_DISRUPTION)).contains("strict");
        assertThat(chosen(full, moving)).contains("moving");
        Recommendation least = new Recommender(
                        List.of(full, moving, strict), List.of(Preference.LEAST_DISRUPTION), Shortage.ADDRESSES)
                .recommend(Optional.of(GOAL));
        assertThat(least.reasons()).noneMatch(r -> r.endsWith("their minimum; 0 s of Services below their minimum"));
        assertThat(least.reasons()).contains("moving: possible too, but with 1 move to another cluster, against 0");
    }

    @Test
    void withoutAGoalOnlyWhatGivesMoreOfWhatIsShortIsTaken() {
        Finding full = Finding.of("STAY-ROOM", Severity.WARNING, "cluster c", "no room", "act", "none");
        Row cramped = goalless(stay, full);
        Row useless = goalless(new Wanted("useless", 0, 50, PODS, 0).row());
        Recommendation taken = new Recommender(
                        List.of(cramped, useless, goalless(roomy)), List.of(), Shortage.ADDRESSES)
                .recommend(Optional.empty());
        assertThat(taken.strategy()).contains("roomy");
        assertThat(taken.reasons())
                .contains("useless: gives no room: 50 addresses free in the subnets, as against 50 with stay")
                .anyMatch(r -> r.startsWith("roomy gives room (90 addresses free in the subnets, against 50)"));
    }

    private static Row goalless(Row r, Finding... findings) {
        return new Row(
                r.id(),
                r.title(),
                r.feasible(),
                List.of(findings),
                r.capacity(),
                r.ipBudget(),
                r.disruption(),
                r.cost(),
                r.features(),
                r.reversible(),
                Optional.empty(),
                r.rehearsal(),
                r.network());
    }

    @Test
    void namesTheWeightiestDifferenceAndNoneWhereThereIsNone() {
        Row full = new Wanted("stay", 0, 50, PODS, 0).reaching(false).row();
        Row twin = new Wanted("twin", 0, 45, PODS, 0).row();
        assertThat(recommend(full, gentle, strict, twin).reasons())
                .contains("strict: possible too, but with 4 pods restarted, against 0", "twin: possible too");
    }

    @Test
    void saysWhichConsentsAreMissing() {
        Row full = new Wanted("stay", 0, 50, PODS, 0).reaching(false).row();
        Finding gap = Finding.of("GAP", Severity.CONSENT, "Service web/shop", "has a gap", "accept it", "none");
        Row asking = new Row(
                "asking",
                "asking",
                true,
                List.of(gap),
                gentle.capacity(),
                gentle.ipBudget(),
                gentle.disruption(),
                gentle.cost(),
                gentle.features(),
                gentle.reversible(),
                gentle.goal(),
                gentle.rehearsal(),
                gentle.network());
        assertThat(recommend(full, asking).reasons())
                .contains("a plan of asking asks for 1 consent first: GAP (Service web/shop)");
    }

    @Test
    void neverTakesWhatIsBlockedMissesTheGoalOrDidNotSucceed() {
        Row full = new Wanted("stay", 0, 50, PODS, 0).reaching(false).row();
        Row blocked = new Wanted("blocked", 0, 0, PODS, PODS).blocked().row();
        Row missing = new Wanted("missing", 0, 0, PODS, PODS).reaching(false).row();
        Row unrehearsed =
                new Wanted("unrehearsed", 0, 0, PODS, PODS).rehearsed(false).row();
        for (Preference preference : Preference.values()) {
            Recommendation none = new Recommender(
                            List.of(full, blocked, missing, unrehearsed), List.of(preference), Shortage.ADDRESSES)
                    .recommend(Optional.of(GOAL));
            assertThat(none.strategy()).as(preference.toString()).isEmpty();
            assertThat(none.reasons()).contains("blocked: it stands against it (TEST)");
        }
    }

    @Test
    void saysByWhichNumbersItJudged() {
        Recommendation relief = new Recommender(
                        List.of(stay, gentle, roomy), List.of(Preference.MOST_RELIEF), Shortage.ADDRESSES)
                .recommend(Optional.of(GOAL));
        assertThat(relief.preferred()).containsExactly("most-relief");
        assertThat(relief.criteria().get(0).name()).isEqualTo("addresses free in the subnets");
        assertThat(relief.criteria().get(0).numbers()).isEqualTo(Map.of("stay", 50.0, "gentle", 55.0, "roomy", 90.0));
        assertThat(relief.criteria()).extracting(Comparison.CriterionLine::name).doesNotHaveDuplicates();
    }

    private Optional<String> chosen(Row first, Preference... preferences) {
        return new Recommender(List.of(first, roomy, strict, gentle), List.of(preferences), Shortage.ADDRESSES)
                .recommend(Optional.of(GOAL))
                .strategy();
    }

    private Optional<String> chosen(Row first, Row other, Preference... preferences) {
        return new Recommender(List.of(first, other, strict), List.of(preferences), Shortage.ADDRESSES)
                .recommend(Optional.of(GOAL))
                .strategy();
    }

    private static Optional<String> relieving(Shortage shortage, Row... rows) {
        return new Recommender(List.of(rows), List.of(Preference.MOST_RELIEF), shortage)
                .recommend(Optional.of(GOAL))
                .strategy();
    }

    private static Recommendation recommend(Row... rows) {
        return new Recommender(List.of(rows), List.of(), Shortage.ADDRESSES).recommend(Optional.of(GOAL));
    }

    /** A row of which the parts that are judged differ. */
    private record Wanted(
            String id,
            int moved,
            int usedAfter,
            int inVpc,
            int underPolicy,
            int fitting,
            double lost,
            boolean reached,
            boolean ran,
            boolean open,
            boolean abroad) {

        Wanted(String id, int moved, int usedAfter, int inVpc, int underPolicy) {
            this(id, moved, usedAfter, inVpc, underPolicy, 60, 0, true, true, true, false);
        }

        Wanted reaching(boolean goal) {
            return new Wanted(id, moved, usedAfter, inVpc, underPolicy, fitting, lost, goal, ran, open, abroad);
        }

        Wanted rehearsed(boolean yes) {
            return new Wanted(id, moved, usedAfter, inVpc, underPolicy, fitting, lost, reached, yes, open, abroad);
        }

        Wanted fitting(int pods) {
            return new Wanted(id, moved, usedAfter, inVpc, underPolicy, pods, lost, reached, ran, open, abroad);
        }

        Wanted losing(double seconds) {
            return new Wanted(id, moved, usedAfter, inVpc, underPolicy, fitting, seconds, reached, ran, open, abroad);
        }

        Wanted blocked() {
            return new Wanted(id, moved, usedAfter, inVpc, underPolicy, fitting, lost, reached, ran, false, abroad);
        }

        Wanted elsewhere() {
            return new Wanted(id, moved, usedAfter, inVpc, underPolicy, fitting, lost, reached, ran, open, true);
        }

        Row row() {
            Finding against = Finding.of("TEST", Severity.BLOCKER, "all", "it stands against it", "none", "none");
            return new Row(
                    id,
                    id,
                    open,
                    open ? List.of() : List.of(against),
                    new Assessment.Capacity(Map.of(), fitting),
                    List.of(new SubnetBudget("subnet-1", "a", Cidr.parse("10.0.0.0/25"), 100, 50, 50, usedAfter)),
                    new Comparison.DisruptionLine(moved, 0, 0, 0, 0, abroad),
                    new Assessment.Cost(0, 0),
                    new Assessment.Features(List.of(), List.of()),
                    new Assessment.Reversible(Optional.empty(), ""),
                    Optional.of(new Comparison.GoalLine(reached, reached ? "60 of 50" : "40 of 50")),
                    ran
                            ? Optional.of(
                                    new Comparison.RehearsalLine("succeeded", 60, 1, lost, 0, List.of(), List.of()))
                            : Optional.empty(),
                    Optional.of(new NetworkLine(PODS, inVpc, underPolicy)));
        }
    }
}
