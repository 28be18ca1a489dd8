package io.cnishift.it.mistake;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.it.Bench;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks a strategy for plans, the overlay unless told otherwise, and runs plans on simulated clusters. */
final class Trial {

    /** What an owner who was asked says yes to. Time below the minimum is accepted for a named workload only. */
    private static final List<Consent> CONSENTS = List.of(
            consent("ENI-OPERATOR-RIGHTS", Optional.empty()),
            consent("ENI-TARGETS-END", Optional.empty()),
            consent("OVL-EMPTYDIR-DATA", Optional.empty()),
            consent("OVL-HOST-NETWORK-GAP", Optional.of("Deployment/kube-system/aws-load-balancer-controller")),
            consent("OVL-IMAGES", Optional.empty()),
            consent("OVL-KUBE-PROXY-CUT", Optional.empty()),
            consent("OVL-SECURITY-GROUPS-LOST", Optional.empty()),
            consent("OVL-UNDRAINABLE", Optional.empty()),
            consent("VCN-TARGETS-END", Optional.empty()));

    private final Bench bench = new Bench();
    private final String strategy;

    Trial() {
        this("overlay");
    }

    private Trial(String strategy) {
        this.strategy = strategy;
    }

    static Trial of(String strategy) {
        return new Trial(strategy);
    }

    ClusterSnapshot scenario(String name) {
        return bench.scenario(name);
    }

    MigrationPlan plan(ClusterSnapshot cluster) {
        return plan(cluster, Map.of());
    }

    MigrationPlan plan(ClusterSnapshot cluster, Map<String, Object> options) {
        return asked(cluster, options, Map.of()).fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError("refused: " + stops(refused.findings()));
        });
    }

    /** What stands against a plan, as {@code CODE subject: message}; empty when there is one. */
    List<String> refusal(ClusterSnapshot cluster, Map<String, Object> options, Map<String, Object> values) {
        return asked(cluster, options, values).fold(planned -> List.of(), refused -> stops(refused.findings()));
    }

    /** All that the plan says about a code, as {@code subject: message -> remedy}. */
    List<String> said(ClusterSnapshot cluster, Map<String, Object> options, String code) {
        return asked(cluster, options, Map.of())
                .fold(PlanResult.Planned::findings, PlanResult.Refused::findings)
                .stream()
                .filter(f -> f.code().equals(code))
                .map(f -> f.subject() + ": " + f.message() + " -> " + f.remedy())
                .toList();
    }

    Rehearsed run(ClusterSnapshot cluster, MigrationPlan plan) {
        return run(cluster, plan, RunLimits.NONE);
    }

    Rehearsed run(ClusterSnapshot cluster, MigrationPlan plan, RunLimits limits) {
        return run(cluster, plan, limits, simulation -> {});
    }

    /** The same, in a world with those faults. */
    Rehearsed run(ClusterSnapshot cluster, MigrationPlan plan, Map<String, String> faults) {
        return run(plan, RunLimits.NONE, Simulation.open(cluster, new Settings(1, faults)));
    }

    /** The same, in a world in which something else is going to happen. */
    Rehearsed run(ClusterSnapshot cluster, MigrationPlan plan, RunLimits limits, Consumer<Simulation> meanwhile) {
        Simulation simulation = bench.simulate(cluster, 1);
        meanwhile.accept(simulation);
        return run(plan, limits, simulation);
    }

    private Rehearsed run(MigrationPlan plan, RunLimits limits, Simulation simulation) {
        return new Rehearsed(
                bench.runner()
                        .apply(bench.request(plan, Journal.inMemory("m1"), simulation)
                                .within(limits)),
                simulation);
    }

    private PlanResult asked(ClusterSnapshot cluster, Map<String, Object> options, Map<String, Object> values) {
        Intent intent = new Intent(Optional.empty(), List.of(), CONSENTS);
        return bench.result(strategy, cluster, new Wishes(intent, Map.of(strategy, options), values, List.of(), false));
    }

    private static Consent consent(String code, Optional<String> subject) {
        return new Consent(code, subject, Optional.empty(), Optional.empty(), Optional.of("for a test"));
    }

    private static List<String> stops(List<Finding> findings) {
        return findings.stream()
                .filter(Finding::stops)
                .map(f -> f.code() + " " + f.subject() + ": " + f.message())
                .toList();
    }
}
