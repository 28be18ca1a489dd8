package io.cnishift.api.draft;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.step.RunProbes;
import io.cnishift.api.step.StepKinds;
import java.util.List;

/** Steps of the built-in kinds. */
public final class StepDraft {

    /** What must be well before anything is touched. */
    private static final List<String> PREFLIGHT =
            List.of("NODES-READY", "NODE-GROUPS-ACTIVE", "VPC-CNI-SETTLED", "ADDONS-ACTIVE", "DNS-READY");

    /** What a step touches that changes a second cluster: not object by object, for owners are asked about the first one alone. */
    public static final String SECOND = "second-cluster";

    private StepDraft() {}

    /** A step whose kind is that of its parameters; the rest as in {@link Step}. */
    public static Step of(String id, Record params, String why, List<String> touches, String back) {
        return Step.of(id, StepKinds.id(params.getClass()), params, why, touches, back);
    }

    /** The look at the cluster with which a plan begins. */
    public static Step preflight() {
        return of(
                "check-cluster",
                new RunProbes(PREFLIGHT, 1),
                "what is broken before the migration would be blamed on it, and would stop it half way",
                List.of(),
                "nothing to take back: it only looks");
    }
}
