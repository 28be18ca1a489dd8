package io.cnishift.simulator.kit;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.plan.Constraint;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.OptionForm;
import io.cnishift.engine.plan.Planner;
import io.cnishift.engine.plan.StepFacts;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.simulator.scenario.Scenarios;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Asks a strategy about a bundled scenario, the way the engine does. For the tests of strategies. */
public final class Asked {

    private static final Codec CODEC = Codec.builder().build();

    private Asked() {}

    /** A bundled scenario. */
    public static ClusterSnapshot scenario(String name) {
        return new Scenarios(CODEC).snapshot(name);
    }

    /** A bundled scenario of which nobody was allowed to read that part. */
    public static ClusterSnapshot unread(String name, Part part) {
        ClusterSnapshot whole = scenario(name);
        return ClusterSnapshot.of(
                whole.source(),
                whole.takenAt(),
                whole.resources().toList(),
                List.of(new Unknown(part, "", "denied", "allow it")));
    }

    /** The assessment with default options. */
    public static Assessment assess(MigrationStrategy strategy, ClusterSnapshot snapshot, Constraint... forbidden) {
        return assess(strategy, snapshot, Map.of(), forbidden);
    }

    /** The assessment with these options, as a user writes them. */
    public static Assessment assess(
            MigrationStrategy strategy,
            ClusterSnapshot snapshot,
            Map<String, Object> options,
            Constraint... forbidden) {
        return planner(kind -> Optional.empty())
                .assess(loaded(strategy), snapshot, wishes(strategy, options, intent(forbidden)))
                .orElseThrow(problems -> new IllegalArgumentException(problems.toString()));
    }

    /** The codes that come with a refused plan; none when it was not refused. */
    public static List<String> refusal(MigrationStrategy strategy, ClusterSnapshot snapshot, Constraint... forbidden) {
        PlanResult result = planner(kind -> Optional.empty())
                .plan(loaded(strategy), snapshot, wishes(strategy, Map.of(), intent(forbidden)));
        return codes(result.fold(planned -> List.of(), PlanResult.Refused::findings));
    }

    /** The plan, with facts derived by those step kinds. */
    public static PlanResult plan(
            MigrationStrategy strategy,
            ClusterSnapshot snapshot,
            Map<String, Object> options,
            Intent intent,
            Function<String, Optional<StepKind<?>>> kinds) {
        return planner(kinds).plan(loaded(strategy), snapshot, wishes(strategy, options, intent));
    }

    /** The assessment of a move from one cluster to a second one. */
    public static Assessment assess(
            MigrationStrategy strategy,
            ClusterSnapshot snapshot,
            ClusterSnapshot second,
            Map<String, Object> options,
            Constraint... forbidden) {
        return planner(kind -> Optional.empty())
                .assess(loaded(strategy), snapshot, beside(strategy, second, options, intent(forbidden)))
                .orElseThrow(problems -> new IllegalArgumentException(problems.toString()));
    }

    /** The plan of a move from one cluster to a second one. */
    public static PlanResult plan(
            MigrationStrategy strategy,
            ClusterSnapshot snapshot,
            ClusterSnapshot second,
            Map<String, Object> options,
            Intent intent,
            Function<String, Optional<StepKind<?>>> kinds) {
        return planner(kinds).plan(loaded(strategy), snapshot, beside(strategy, second, options, intent));
    }

    private static Wishes beside(
            MigrationStrategy strategy, ClusterSnapshot second, Map<String, Object> options, Intent intent) {
        return wishes(strategy, options, intent)
                .beside(Map.of(strategy.descriptor().id(), second));
    }

    /** The codes of findings, each once. */
    public static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).distinct().toList();
    }

    private static Intent intent(Constraint... forbidden) {
        return new Intent(Optional.empty(), List.of(forbidden), List.of());
    }

    private static LoadedStrategy loaded(MigrationStrategy strategy) {
        return new LoadedStrategy(strategy, "test");
    }

    private static Wishes wishes(MigrationStrategy strategy, Map<String, Object> options, Intent intent) {
        return new Wishes(intent, Map.of(strategy.descriptor().id(), options), Map.of(), List.of(), false);
    }

    private static Planner planner(Function<String, Optional<StepKind<?>>> kinds) {
        return new Planner(new OptionForm(CODEC), new StepFacts(kinds));
    }
}
