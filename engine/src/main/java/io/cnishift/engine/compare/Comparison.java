package io.cnishift.engine.compare;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import java.util.List;
import java.util.Optional;

/** The published document of {@code compare}: additions only. */
public record Comparison(ClusterLine cluster, List<Row> strategies, Recommendation recommendation) {

    /** Which cluster, and where it was read. */
    public record ClusterLine(String name, String region, String kubernetesVersion, String source) {}

    /**
     * One strategy.
     *
     * @param goal whether the goal is reached and by what margin, in words; empty without a goal
     * @param rehearsal absent when there is no plan to rehearse
     */
    public record Row(
            String id,
            String title,
            boolean feasible,
            List<Finding> findings,
            Assessment.Capacity capacity,
            List<Assessment.SubnetBudget> ipBudget,
            DisruptionLine disruption,
            Assessment.Cost cost,
            Assessment.Features features,
            Assessment.Reversible reversible,
            Optional<GoalLine> goal,
            Optional<RehearsalLine> rehearsal) {
        public Row {
            findings = List.copyOf(findings);
            ipBudget = List.copyOf(ipBudget);
        }
    }

    /** What workloads notice: measured where rehearsed, else as assessed. */
    public record DisruptionLine(
            int podsRestarted,
            int podsRestartedMoreThanOnce,
            int nodesReplaced,
            int controllersRestarted,
            double servicesBelowMinimumSeconds) {}

    /** Whether the goal is reached, with the numbers. */
    public record GoalLine(boolean reached, String text) {}

    /** How the plan went in the simulator. */
    public record RehearsalLine(
            String outcome,
            double durationSeconds,
            long apiRequests,
            List<String> notModelled,
            List<Finding> violations) {
        public RehearsalLine {
            notModelled = List.copyOf(notModelled);
            violations = List.copyOf(violations);
        }
    }

    /** The strategy to take, {@code stay}, or none, and why. */
    public record Recommendation(Optional<String> strategy, List<String> reasons) {
        public Recommendation {
            reasons = List.copyOf(reasons);
        }
    }

    public Comparison {
        strategies = List.copyOf(strategies);
    }
}
