package io.cnishift.engine.compare;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Goal;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.compare.Comparison.CriterionLine;
import io.cnishift.engine.compare.Comparison.Recommendation;
import io.cnishift.engine.compare.Comparison.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the rows, by these rules in order; every reason names a number or a finding of a row.
 *
 * <ol>
 *   <li>Doing nothing is best when it reaches the goal.
 *   <li>A strategy with an open blocker, or one that misses the goal, is out. Without a goal, so is one that gives no more of what
 *       there is no room left of.
 *   <li>So is one that has no plan, or whose rehearsal did not succeed.
 *   <li>Of the others the one with the best number of the first criterion is taken, of equals the one with the best number of
 *       the second, and so on; see {@link Criterion#USUAL}. What is preferred is put before these. Of equals in all, the id
 *       decides.
 *   <li>What is preferred can speak against doing nothing: where another one does better by it, that one is taken.
 * </ol>
 */
final class Recommender {

    private final Row stay;
    private final List<Row> others;
    private final List<Preference> preferences;
    private final Shortage shortage;
    private final List<Criterion> criteria;
    private final Criterion relief;

    /** Judges these rows, {@code stay} first, by these preferences. */
    Recommender(List<Row> rows, List<Preference> preferences, Shortage shortage) {
        this.stay = rows.get(0);
        this.others = rows.subList(1, rows.size());
        this.preferences = List.copyOf(preferences);
        this.shortage = shortage;
        this.criteria = Preference.criteria(preferences, shortage);
        this.relief = Preference.MOST_RELIEF.main(shortage);
    }

    Recommendation recommend(Optional<Goal> goal) {
        Optional<Row> best = others.stream().filter(this::eligible).min(order());
        if (reaches(stay) && (goal.isPresent() || room())) {
            Optional<String> against = best.flatMap(this::against);
            if (against.isEmpty()) {
                return recommendation(Optional.of(stay), List.of(enough(goal)));
            }
            return recommendation(best, List.of(against.get(), praise(best.orElseThrow())));
        }
        List<String> reasons = new ArrayList<>();
        stay.goal().ifPresent(g -> reasons.add("stay does not reach the goal: " + g.text()));
        best.ifPresent(r -> reasons.add(praise(r)));
        return recommendation(best, reasons);
    }

    private Comparator<Row> order() {
        return (one, other) -> criteria.stream()
                .mapToInt(c -> Double.compare(c.rank(one), c.rank(other)))
                .filter(sign -> sign != 0)
                .findFirst()
                .orElseGet(() -> one.id().compareTo(other.id()));
    }

    /** Why doing nothing is not what is preferred. */
    private Optional<String> against(Row row) {
        return preferences.stream()
                .map(this::main)
                .filter(c -> c.rank(row) != c.rank(stay))
                .findFirst()
                .filter(c -> c.rank(row) < c.rank(stay))
                .map(c -> "stay reaches the goal, but " + preferred() + " is preferred: " + c.words(stay) + ", with "
                        + row.id() + " " + c.words(row));
    }

    private Criterion main(Preference preference) {
        return preference.main(shortage);
    }

    private String preferred() {
        return preferences.stream().map(Preference::toString).collect(Collectors.joining(", "));
    }

    private boolean room() {
        return stay.findings().stream().noneMatch(f -> f.severity() == Severity.WARNING);
    }

    private String enough(Optional<Goal> goal) {
        return stay.goal()
                .map(g -> "the goal " + goal.orElseThrow() + " is reached as the cluster is: " + g.text())
                .orElseGet(() -> stay.findings().get(0).message() + "; no goal was given (--goal)");
    }

    private Recommendation recommendation(Optional<Row> best, List<String> because) {
        List<String> reasons = new ArrayList<>(because);
        best.ifPresent(row -> reasons.addAll(asksFor(row)));
        reasons.addAll(objections(best));
        return new Recommendation(
                best.map(Row::id),
                reasons,
                preferences.stream().map(Preference::toString).toList(),
                criteria.stream().map(this::line).toList());
    }

    private CriterionLine line(Criterion criterion) {
        Map<String, Double> numbers = new TreeMap<>();
        Stream.concat(Stream.of(stay), others.stream().filter(this::eligible))
                .forEach(r -> criterion.of(r).ifPresent(value -> numbers.put(r.id(), value)));
        return new CriterionLine(criterion.words(), numbers);
    }

    /** Why not another than the best. */
    private List<String> objections(Optional<Row> best) {
        return others.stream()
                .filter(row -> best.filter(row::equals).isEmpty())
                .map(row -> row.id() + ": " + objection(row, best))
                .toList();
    }

    private static boolean reaches(Row row) {
        return row.goal().map(Comparison.GoalLine::reached).orElse(true);
    }

    private boolean eligible(Row row) {
        return row.feasible() && reaches(row) && relieves(row) && succeeded(row);
    }

    /** Where a goal was named it is the judge; a cluster with room needs no more of it, nor does whoever is after policies. */
    private boolean relieves(Row row) {
        return row.goal().isPresent()
                || room()
                || preferences.contains(Preference.NETWORK_POLICY)
                || relief.rank(row) < relief.rank(stay);
    }

    private static boolean succeeded(Row row) {
        return row.rehearsal().filter(r -> r.outcome().equals("succeeded")).isPresent();
    }

    private String praise(Row row) {
        return row.id() + " "
                + row.goal()
                        .map(g -> "reaches the goal (" + g.text() + ")")
                        .orElse("gives room (" + relief.words(row) + ", against " + relief.number(stay) + ")")
                + "; rehearsed in "
                + Math.round(row.rehearsal().orElseThrow().durationSeconds() / 60) + " min with "
                + Count.of(row.disruption().nodesReplaced(), "node") + " replaced, "
                + Count.of(row.disruption().podsRestarted(), "pod") + " restarted and "
                + Math.round(row.disruption().servicesBelowMinimumSeconds())
                + " s of Services below their minimum"
                + Stream.concat(
                                Stream.of(Criterion.REQUESTS_LOST).filter(c -> c.rank(row) > 0),
                                preferences.stream().map(this::main))
                        .filter(c -> c != Criterion.SERVICES_DOWN)
                        .map(c -> "; " + c.words(row))
                        .distinct()
                        .collect(Collectors.joining());
    }

    private String objection(Row row, Optional<Row> best) {
        Optional<Finding> blocker = row.findings().stream()
                .filter(f -> f.severity() == Severity.BLOCKER && f.curedBy().isEmpty())
                .findFirst();
        if (!row.feasible() && blocker.isPresent()) {
            return blocker.get().message() + " (" + blocker.get().code() + ")";
        }
        if (!reaches(row)) {
            return "misses the goal: " + row.goal().orElseThrow().text();
        }
        if (!relieves(row)) {
            return "gives no room: " + relief.words(row) + ", as against " + relief.number(stay) + " with stay";
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
        return best.flatMap(b -> difference(row, b))
                .map(difference -> "possible too, but " + difference)
                .orElse("possible too");
    }

    /** The weightiest number by which it is worse; that of the same weight for both would say nothing. */
    private Optional<String> difference(Row row, Row best) {
        return criteria.stream()
                .filter(c -> c.rank(row) > c.rank(best))
                .findFirst()
                .map(c -> "with " + c.words(row) + ", against " + c.number(best));
    }

    /** What a plan of it still asks for. */
    private static List<String> asksFor(Row row) {
        List<String> open = row.findings().stream()
                .filter(f -> f.severity() == Severity.CONSENT && f.stops())
                .map(f -> f.code() + " (" + f.subject() + ")")
                .toList();
        return open.isEmpty()
                ? List.of()
                : List.of("a plan of " + row.id() + " asks for " + Count.of(open.size(), "consent") + " first: "
                        + String.join(", ", open));
    }
}
