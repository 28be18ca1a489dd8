package io.cnishift.engine.compare;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The published document of {@code compare}: additions only. */
public record Comparison(ClusterLine cluster, List<Row> strategies, Recommendation recommendation) {

    /** Which cluster, and where it was read. */
    public record ClusterLine(String name, String region, String kubernetesVersion, String source) {}

    /**
     * One strategy.
     *
     * @param goal whether the goal is reached and by what margin, in words; empty without a goal
     * @param rehearsal absent when there is no plan to rehearse
     * @param network where pods stand on the network: of {@code stay} now, else at the end of the rehearsal
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
            Optional<RehearsalLine> rehearsal,
            Optional<NetworkLine> network) {
        public Row {
            findings = List.copyOf(findings);
            ipBudget = List.copyOf(ipBudget);
        }
    }

    /**
     * What workloads notice: measured where rehearsed, else as assessed.
     *
     * @param podsRestarted those that started anew, in this cluster or in another one that they moved to
     * @param clusterChanged whether they move to another cluster
     */
    public record DisruptionLine(
            int podsRestarted,
            int podsRestartedMoreThanOnce,
            int nodesReplaced,
            int controllersRestarted,
            double servicesBelowMinimumSeconds,
            boolean clusterChanged) {}

    /** Whether the goal is reached, with the numbers. */
    public record GoalLine(boolean reached, String text) {}

    /**
     * How the plan went in the simulator.
     *
     * @param requestsLostSeconds for how long load balancers lost requests, all their paths together
     * @param consentedSecondsBelowMinimum for how long Services had fewer ready endpoints than they should have because somebody
     *     accepts that; what rows are judged by counts the others alone
     */
    public record RehearsalLine(
            String outcome,
            double durationSeconds,
            long apiRequests,
            double requestsLostSeconds,
            double consentedSecondsBelowMinimum,
            List<String> notModelled,
            List<Finding> violations) {
        public RehearsalLine {
            notModelled = List.copyOf(notModelled);
            violations = List.copyOf(violations);
        }
    }

    /**
     * Pods on the pod network that run.
     *
     * @param withVpcAddress of them, those whose address is one of the VPC
     * @param underPolicy of them, those that a network policy would hold for
     */
    public record NetworkLine(int pods, int withVpcAddress, int underPolicy) {}

    /**
     * The strategy to take, {@code stay}, or none, and why.
     *
     * @param preferred what was preferred, the first one most
     * @param criteria what strategies that can be taken were judged by, the weightiest first
     */
    public record Recommendation(
            Optional<String> strategy, List<String> reasons, List<String> preferred, List<CriterionLine> criteria) {
        public Recommendation {
            reasons = List.copyOf(reasons);
            preferred = List.copyOf(preferred);
            criteria = List.copyOf(criteria);
        }
    }

    /**
     * One criterion.
     *
     * @param numbers by strategy; one that is not known is left out
     */
    public record CriterionLine(String name, Map<String, Double> numbers) {
        public CriterionLine {
            numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
        }
    }

    public Comparison {
        strategies = List.copyOf(strategies);
    }
}
