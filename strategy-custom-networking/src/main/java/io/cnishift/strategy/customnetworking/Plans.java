package io.cnishift.strategy.customnetworking;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.step.RunProbes;
import io.cnishift.api.step.StepKinds;
import java.util.List;

/** Steps that the plans of this module share. */
final class Plans {

    /** What must hold twice in a row after aws-node changed. */
    static final Gate SERVING = new Gate(List.of("VPC-CNI-SETTLED", "DNS-READY", "SERVICES-SERVE", "DNS-ANSWERS"), 2);

    private static final List<String> PREFLIGHT =
            List.of("NODES-READY", "NODE-GROUPS-ACTIVE", "VPC-CNI-SETTLED", "ADDONS-ACTIVE", "DNS-READY");

    private Plans() {}

    static Phase preflight() {
        return new Phase(
                "preflight",
                List.of(step(
                        "check-cluster",
                        new RunProbes(PREFLIGHT, 1),
                        "what is broken before the migration would be blamed on it, and would stop it half way",
                        List.of(),
                        "nothing to take back: it only looks")));
    }

    static Step step(String id, Record params, String why, List<String> touches, String back) {
        return Step.of(id, StepKinds.id(params.getClass()), params, why, touches, back);
    }
}
