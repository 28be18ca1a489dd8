package io.cnishift.strategy.newcluster;

import io.cnishift.api.Assessment;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.plan.NoOptions;
import java.util.List;

/** Blue and green: a second cluster, traffic moved by weight. Assessed by this version, not planned. */
public final class NewClusterStrategy implements MigrationStrategy {

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                "new-cluster",
                "New cluster, blue and green",
                "Makes a second cluster with Cilium overlay, copies the workloads and moves traffic by weight.",
                StrategyDescriptor.API_VERSION,
                NoOptions.class,
                Code.explained());
    }

    @Override
    public Assessment assess(Request request) {
        return NewClusterAssessment.of(request);
    }

    @Override
    public PlanResult plan(Request request) {
        return new PlanResult.Refused(List.of(Code.NOT_PLANNED.of(
                "strategy new-cluster",
                "this version assesses it and cannot plan it",
                "use its row in 'cnishift compare'; strategy overlay can be planned")));
    }
}
