package io.cnishift.engine.compare;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Goal;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.compare.Comparison.Recommendation;
import io.cnishift.engine.compare.Comparison.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judges the rows, by these rules in order; every reason names a number or a finding of a row.
 *
 * <ol>
 *   <li>Doing nothing is best when it reaches the goal.
 *   <li>A strategy with an open blocker, or one that misses the goal, is out.
 *   <li>A strategy whose plan was rehearsed to success goes before one that has no plan.
 *   <li>Then the fewest seconds of Services below their minimum, the fewest features lost, the fewest nodes replaced, the
 *       fewest pods restarted, and the id.
 * </ol>
 */
final class Recommender {

    private static final Comparator<Row> ORDER = Comparator.comparing((Row r) -> !succeeded(r))
            .thenComparing(r -> r.disruption().servicesBelowMinimumSeconds())
            .thenComparing(r -> r.features().lost().size())
            .thenComparing(r -> r.disruption().nodesReplaced())
            .thenComparing(r -> r.disruption().podsRestarted())
            .thenComparing(Row::id);

    private Recommender() {}

    static Recommendation recommend(List<Row> rows, Optional<Goal> goal) {
        Row stay = rows.get(0);
        List<Row> others = rows.subList(1, rows.size());
        if (reaches(stay)) {
            String why = stay.goal()
                    .map(g -> "the goal " + goal.get() + " is reached as the cluster is: " + g.text())
                    .orElseGet(() -> stay.findings().get(0).message() + "; no goal was given (--goal)");
            boolean room =
                    goal.isPresent() || stay.findings().stream().noneMatch(f -> f.severity() == Severity.WARNING);
            if (room) {
                List<String> reasons = new ArrayList<>(List.of(why));
                reasons.addAll(objections(others, Optional.of(stay)));
                return new Recommendation(Optional.of("stay"), reasons);
            }
        }
        List<Row> able = others.stream()
                .filter(r -> r.feasible() && reaches(r))
                .sorted(ORDER)
                .toList();
        List<String> reasons = new ArrayList<>();
        stay.goal().ifPresent(g -> reasons.add("stay does not reach the goal: " + g.text()));
        Optional<Row> best = able.stream().filter(Recommender::succeeded).findFirst();
        best.ifPresent(r -> reasons.add(praise(r)));
        reasons.addAll(objections(others, best));
        return new Recommendation(best.map(Row::id), reasons);
    }

    /** Why not another than the best. */
    private static List<String> objections(List<Row> rows, Optional<Row> best) {
        return rows.stream()
                .filter(row -> best.filter(row::equals).isEmpty())
                .map(row -> row.id() + ": " + objection(row, best))
                .toList();
    }

    private static boolean reaches(Row row) {
        return row.goal().map(Comparison.GoalLine::reached).orElse(true);
    }

    private static boolean succeeded(Row row) {
        return row.rehearsal().filter(r -> r.outcome().equals("succeeded")).isPresent();
    }

    private static String praise(Row row) {
        return row.id() + " "
                + row.goal().map(g -> "reaches the goal (" + g.text() + ")").orElse("gives room") + "; rehearsed in "
                + Math.round(row.rehearsal().orElseThrow().durationSeconds() / 60) + " min with "
                + Count.of(row.disruption().nodesReplaced(), "node") + " replaced, "
                + Count.of(row.disruption().podsRestarted(), "pod") + " restarted and "
                + Math.round(row.disruption().servicesBelowMinimumSeconds())
                + " s of Services below their minimum";
    }

    private static String objection(Row row, Optional<Row> best) {
        Optional<Finding> blocker = row.findings().stream()
                .filter(f -> f.severity() == Severity.BLOCKER && f.curedBy().isEmpty())
                .findFirst();
        if (!row.feasible() && blocker.isPresent()) {
            return blocker.get().message() + " (" + blocker.get().code() + ")";
        }
        if (!reaches(row)) {
            return "misses the goal: " + row.goal().orElseThrow().text();
        }
        if (row.rehearsal().isEmpty()) {
            String reached = row.goal()
                    .map(Comparison.GoalLine::text)
                    .orElse(Count.of(row.capacity().clusterMaxPods(), "pod fits", "pods fit")
                            + " on the nodes there are");
            return "feasible (" + reached + "), but it has no plan that could be rehearsed"
                    + blocker.map(f -> ": " + f.message()).orElse("");
        }
        if (!succeeded(row)) {
            return "its rehearsal ended " + row.rehearsal().get().outcome();
        }
        return "possible too, but " + best.map(b -> difference(row, b)).orElse("not preferred");
    }

    private static String difference(Row row, Row best) {
        return "with " + Math.round(row.disruption().servicesBelowMinimumSeconds())
                + " s of Services below their minimum, "
                + Count.of(row.features().lost().size(), "feature") + " lost and "
                + Count.of(row.disruption().nodesReplaced(), "node") + " replaced, against "
                + Math.round(best.disruption().servicesBelowMinimumSeconds()) + " s, "
                + best.features().lost().size() + " and " + best.disruption().nodesReplaced();
    }
}
