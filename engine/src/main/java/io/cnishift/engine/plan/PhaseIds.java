package io.cnishift.engine.plan;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Suggestion;
import java.util.Collection;
import java.util.List;

/** Phases as users name them. A name that the plan has not would be a stop that never comes. */
public final class PhaseIds {

    private PhaseIds() {}

    /** Refuses names that are no phase of the plan. */
    public static void require(MigrationPlan plan, Collection<String> given) {
        List<String> phases =
                plan.phases().stream().map(MigrationPlan.Phase::id).toList();
        given.stream().filter(phase -> !phases.contains(phase)).findFirst().ifPresent(phase -> {
            throw MigrationException.user(
                    "RUN-NO-PHASE",
                    "the plan has no phase '" + phase + "'",
                    Suggestion.nearest(phase, phases)
                                    .map(near -> "did you mean " + near + "? ")
                                    .orElse("")
                            + "name one of " + String.join(", ", phases));
        });
    }
}
