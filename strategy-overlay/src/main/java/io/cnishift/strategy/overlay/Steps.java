package io.cnishift.strategy.overlay;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Executor;

/** What owners mean for steps, and what steps touch. */
final class Steps {

    private Steps() {}

    /** The same step, left to the owner of what it changes. */
    static Step byOwner(Step step) {
        return step.by(Executor.OWNER);
    }

    /** An object that a step changes. */
    static String touch(Part part, String key) {
        return part + "/" + key;
    }
}
