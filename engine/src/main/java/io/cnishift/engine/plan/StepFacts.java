package io.cnishift.engine.plan;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.fact.Facts;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Derives the facts of steps from their kinds. What a step relies on of a thing that an earlier step touches is a fact of
 * that earlier step: it has to be so until the plan itself begins to change the thing, and nobody can tell afterwards.
 */
public final class StepFacts {

    private final Function<String, Optional<StepKind<?>>> kinds;

    /** Facts by the kinds that this function finds by id. */
    public StepFacts(Function<String, Optional<StepKind<?>>> kinds) {
        this.kinds = kinds;
    }

    List<MigrationPlan.Phase> derive(List<MigrationPlan.Phase> phases, View view) {
        Map<String, Set<Fact>> facts = new HashMap<>();
        Map<String, String> first = new HashMap<>();
        phases.stream().flatMap(phase -> phase.steps().stream()).forEach(step -> {
            facts.put(step.id(), new LinkedHashSet<>());
            for (Fact fact : of(step, view)) {
                String holder = first.getOrDefault(fact.subject(), step.id());
                // what an earlier step makes is not there yet
                if (holder.equals(step.id()) || Facts.holds(view, fact)) {
                    Objects.requireNonNull(facts.get(holder)).add(fact);
                }
            }
            step.touches().forEach(touched -> first.putIfAbsent(touched, step.id()));
        });
        return phases.stream()
                .map(phase -> new MigrationPlan.Phase(
                        phase.id(),
                        phase.steps().stream()
                                .map(step -> step.with(List.copyOf(facts.getOrDefault(step.id(), Set.of()))))
                                .toList()))
                .toList();
    }

    private List<Fact> of(MigrationPlan.Step step, View view) {
        StepKind<?> kind = kinds.apply(step.kind())
                .orElseThrow(() -> new MigrationException(
                        "PLAN-UNKNOWN-KIND",
                        MigrationException.Category.INTERNAL,
                        io.cnishift.api.plan.Disposition.ABORT,
                        "step " + step.id() + " is of kind '" + step.kind() + "', which nobody knows",
                        "report this to the author of the strategy",
                        null));
        return facts(kind, step.params(), view);
    }

    private static <P extends Record> List<Fact> facts(StepKind<P> kind, Record params, View view) {
        return kind.handler().facts(view, kind.params().cast(params));
    }
}
