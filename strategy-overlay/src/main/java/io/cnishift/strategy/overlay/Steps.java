package io.cnishift.strategy.overlay;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.step.StepKinds;
import java.util.List;

/** Writing steps. */
final class Steps {

    private Steps() {}

    /** A step of that kind whose parameters are {@code params}. */
    static Step step(String id, Record params, String why, List<String> touches, String back) {
        return Step.of(id, StepKinds.id(params.getClass()), params, why, touches, back);
    }

    /** The same step, left to the owner of what it changes. */
    static Step byOwner(Step step) {
        return new Step(
                step.id(),
                step.kind(),
                step.params(),
                step.why(),
                step.touches(),
                step.facts(),
                step.gate(),
                step.rollback(),
                step.pointOfNoReturn(),
                Executor.OWNER);
    }

    /** Whether an owner undoes what others change, so that only the owner can change it for good. */
    static boolean insists(Owner owner) {
        return switch (owner.kind()) {
            case ARGO_CD, FLUX, OPERATOR -> true;
            case HELM, EKS_ADDON, EKSCTL, CLOUDFORMATION, TERRAFORM, NONE -> false;
        };
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
