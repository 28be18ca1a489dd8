package io.cnishift.engine.plan;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.MigrationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Derives the facts of steps from their kinds. What an earlier step touches is no fact of a later one. */
public final class StepFacts {

    private final Function<String, Optional<StepKind<?>>> kinds;

    /** Facts by the kinds that this function finds by id. */
    public StepFacts(Function<String, Optional<StepKind<?>>> kinds) {
        this.kinds = kinds;
    }

    List<MigrationPlan.Phase> derive(List<MigrationPlan.Phase> phases, View view) {
        Set<String> touched = new HashSet<>();
        List<MigrationPlan.Phase> complete = new ArrayList<>();
        for (MigrationPlan.Phase phase : phases) {
            List<MigrationPlan.Step> steps = new ArrayList<>();
            for (MigrationPlan.Step step : phase.steps()) {
                List<Fact> facts = of(step, view).stream()
                        .filter(f -> !touched.contains(f.subject()))
                        .toList();
                steps.add(step.with(facts));
                touched.addAll(step.touches());
            }
            complete.add(new MigrationPlan.Phase(phase.id(), steps));
        }
        return complete;
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
