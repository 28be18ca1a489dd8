package io.cnishift.engine.plan;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import java.util.Optional;

/** Phases that change nothing: a plan that holds before one does so for what a person has to do. Pure. */
public final class HandWork {

    private HandWork() {}

    /** What has to be done before that phase; empty where the phase changes something. */
    public static Optional<String> before(Phase phase) {
        return phase.steps().stream()
                .findFirst()
                .filter(first ->
                        phase.steps().stream().allMatch(step -> step.touches().isEmpty()))
                .map(Step::why);
    }
}
