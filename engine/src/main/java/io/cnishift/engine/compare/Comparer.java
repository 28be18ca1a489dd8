package io.cnishift.engine.compare;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Goal;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.Planner;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.plan.Wishes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares every strategy on one cluster.
 *
 * <ol>
 *   <li>{@code stay} is assessed: what the cluster can hold as it is.
 *   <li>Each strategy is assessed and planned. Consents that a plan would ask for are taken as given, for the rehearsal
 *       only, and stay in the row as its price.
 *   <li>A plan is rehearsed; what was measured replaces what was estimated.
 *   <li>The rows are judged against goal and constraints.
 * </ol>
 */
public final class Comparer {

    private static final Comparator<Finding> BY_NAME =
            Comparator.comparing(Finding::code).thenComparing(Finding::subject);

    private static final String STAY = "stay";

    private final StrategyBook strategies;
    private final Planner planner;
    private final Rehearser rehearser;

    public Comparer(StrategyBook strategies, Planner planner, Rehearser rehearser) {
        this.strategies = strategies;
        this.planner = planner;
        this.rehearser = rehearser;
    }

    /** The comparison with nothing preferred. */
    public Comparison compare(ClusterSnapshot snapshot, Wishes wishes) {
        return compare(snapshot, wishes, List.of());
    }

    /**
     * The comparison; strategies in order of id, {@code stay} first.
     *
     * @param preferences what counts before all else, the first one most
     */
    public Comparison compare(ClusterSnapshot snapshot, Wishes wishes, List<Preference> preferences) {
        View view = View.of(snapshot);
        Optional<Goal> goal = wishes.intent().goal();
        List<Comparison.Row> rows = new ArrayList<>();
        rows.add(row(view, goal, new Column(STAY, "do nothing", Stay.assess(view, goal), true, Optional.empty())));
        for (LoadedStrategy strategy : strategies.all()) {
            rows.add(
                    strategy.builtIn()
                            ? row(strategy, snapshot, view, wishes)
                            : pluginRow(strategy, snapshot, view, wishes));
        }
        Cluster cluster = snapshot.cluster();
        return new Comparison(
                new Comparison.ClusterLine(
                        cluster.name(), cluster.region(), cluster.kubernetesVersion(), snapshot.source()),
                rows,
                new Recommender(rows, preferences, Shortage.of(view)).recommend(goal));
    }

    /** Whatever goes wrong with a plug-in costs its own row, which then tells of nothing else. */
    private Comparison.Row pluginRow(LoadedStrategy loaded, ClusterSnapshot snapshot, View view, Wishes wishes) {
        try {
            return loaded.fault()
                    .map(fault -> unusable(loaded, view, fault))
                    .orElseGet(() -> row(loaded, snapshot, view, wishes));
        } catch (RuntimeException | LinkageError thrown) {
            Finding fault = Finding.of(
                    "PLUGIN-FAILED",
                    Severity.BLOCKER,
                    "plug-in " + loaded.source(),
                    loaded.source() + ": " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage(),
                    "tell its author, or take it away",
                    "docs/writing-a-strategy.md");
            return unusable(loaded, view, fault);
        }
    }

    private static Comparison.Row unusable(LoadedStrategy loaded, View view, Finding fault) {
        String title = loaded.strategy().descriptor().title();
        Assessment none = Stay.unchanged(view, List.of(fault));
        return row(view, Optional.empty(), new Column(loaded.id(), title, none, false, Optional.empty()));
    }

    private Comparison.Row row(LoadedStrategy loaded, ClusterSnapshot snapshot, View view, Wishes wishes) {
        String title = loaded.strategy().descriptor().title();
        Optional<Goal> goal = wishes.intent().goal();
        return planner.assess(loaded, snapshot, wishes)
                .fold(
                        assessment -> {
                            PlanResult plan = planner.consenting(loaded, snapshot, wishes);
                            Assessment whole = withFindings(assessment, plan, wishes);
                            Optional<MigrationPlan> planned =
                                    plan.fold(p -> Optional.of(p.plan()), refused -> Optional.empty());
                            Optional<Rehearsed> rehearsed = planned.map(p -> rehearser.rehearse(snapshot, p));
                            return row(
                                    view,
                                    goal,
                                    new Column(loaded.id(), title, whole, assessment.feasible(), rehearsed));
                        },
                        problems -> {
                            Assessment none = Stay.unchanged(view, Planner.findings(loaded, problems));
                            return row(view, goal, new Column(loaded.id(), title, none, false, Optional.empty()));
                        });
    }

    /**
     * The findings of the plan stand for those of the assessment where both speak of the same thing. Of equal weight, what
     * the assessment found comes first: it is about the cluster, the rest is about planning.
     */
    private static Assessment withFindings(Assessment a, PlanResult plan, Wishes wishes) {
        List<Finding> planned = plan.fold(PlanResult.Planned::findings, PlanResult.Refused::findings);
        List<Finding> findings = new ArrayList<>();
        a.findings().stream()
                .sorted(BY_NAME)
                .forEach(found -> findings.add(
                        planned.stream().filter(f -> same(f, found)).findFirst().orElse(found)));
        planned.stream()
                .filter(f -> a.findings().stream().noneMatch(found -> same(f, found)))
                .sorted(BY_NAME)
                .forEach(findings::add);
        List<Finding> weighed = findings.stream()
                .map(f -> f.acceptedBy(wishes.intent().accepted()))
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
        return new Assessment(
                weighed, a.capacity(), a.ipBudget(), a.disruption(), a.cost(), a.features(), a.reversible());
    }

    private static boolean same(Finding one, Finding other) {
        return one.code().equals(other.code()) && one.subject().equals(other.subject());
    }

    /**
     * What is known of one strategy.
     *
     * @param feasible as assessed; that a plan is refused for want of a consent does not make it infeasible
     */
    private record Column(
            String id, String title, Assessment assessment, boolean feasible, Optional<Rehearsed> rehearsed) {}

    private static Comparison.Row row(View view, Optional<Goal> goal, Column column) {
        Optional<Rehearsed> rehearsed = column.rehearsed();
        // A rehearsal that broke off measured half a migration, which would look cheap.
        Optional<Rehearsed> measured = rehearsed.filter(r -> r.line().outcome().equals("succeeded"));
        // The goal is judged by the same addresses that the row shows.
        Assessment a =
                measured.map(r -> Budgets.measured(column.assessment(), r)).orElse(column.assessment());
        Comparison.DisruptionLine estimated = new Comparison.DisruptionLine(
                a.disruption().podsRestarted(),
                0,
                a.disruption().nodesReplaced(),
                a.disruption().controllersRestarted(),
                0,
                false);
        return new Comparison.Row(
                column.id(),
                column.title(),
                column.feasible(),
                a.findings(),
                a.capacity(),
                a.ipBudget(),
                measured.map(Rehearsed::disruption).orElse(estimated),
                measured.map(Rehearsed::cost).orElse(a.cost()),
                a.features(),
                a.reversible(),
                goal.map(g -> Goals.judge(g, a, view)),
                rehearsed.map(Rehearsed::line),
                column.id().equals(STAY) ? Optional.of(PodNetworks.of(view)) : measured.map(Rehearsed::network));
    }
}
