package io.cnishift.strategy.overlay;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Executor;

/** What owners mean for steps, and what steps touch. */
final class Steps {

    private Steps() {}

    /** The same step, left to the owner of what it changes. */
    static Step byOwner(Step step) {
        return step.by(Executor.OWNER);
    }

    /** Whether a group is written in code, which would bring it back or miss it. */
    static boolean inCode(Owner owner) {
        return switch (owner.kind()) {
            case EKSCTL, CLOUDFORMATION, TERRAFORM, ARGO_CD, FLUX -> true;
            case HELM, EKS_ADDON, OPERATOR, NONE -> false;
        };
    }

    /** An object that a step changes. */
    static String touch(Part part, String key) {
        return part + "/" + key;
    }
}
