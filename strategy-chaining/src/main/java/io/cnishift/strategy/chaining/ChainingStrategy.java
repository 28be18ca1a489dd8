package io.cnishift.strategy.chaining;

import io.cnishift.api.Assessment;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.plan.NoOptions;
import java.util.List;

/** Cilium chained behind the VPC CNI. Assessed by this version, not planned. */
public final class ChainingStrategy implements MigrationStrategy {

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                "chaining",
                "Cilium chained behind the VPC CNI",
                "Adds Cilium's policies and visibility to pods that keep their VPC addresses.",
                StrategyDescriptor.API_VERSION,
                NoOptions.class,
                Code.explained());
    }

    @Override
    public Assessment assess(Request request) {
        return ChainingAssessment.of(request);
    }

    @Override
    public PlanResult plan(Request request) {
        return new PlanResult.Refused(List.of(Code.NOT_PLANNED.of(
                "strategy chaining",
                "this version assesses it and cannot plan it",
                "use its row in 'cnishift compare'; strategy overlay can be planned")));
    }
}
