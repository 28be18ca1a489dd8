package io.cnishift.strategy.overlay;

import io.cnishift.api.Assessment;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Replaces the VPC CNI by Cilium in ENI mode: pods keep VPC addresses, which Cilium manages. Assessed, not planned. */
public final class EniStrategy implements MigrationStrategy {

    static final String ID = "eni";

    @Override
    public StrategyDescriptor descriptor() {
        Map<String, String> codes = new TreeMap<>(Code.explanations(List.of(EniCode.values())));
        codes.putAll(Code.explanations(List.of(SiteCode.values())));
        return new StrategyDescriptor(
                ID,
                "Cilium with VPC addresses",
                "Replaces every node by one whose pods get VPC addresses from interfaces that Cilium manages.",
                StrategyDescriptor.API_VERSION,
                EniOptions.class,
                codes);
    }

    @Override
    public Assessment assess(Request request) {
        return new EniAssessment(request).assess();
    }

    @Override
    public PlanResult plan(Request request) {
        return new PlanResult.Refused(List.of(EniCode.NOT_PLANNED.finding(
                "strategy eni",
                "planning this strategy is not part of this version",
                "plan the strategy overlay, or take its assessment here for a plan of your own")));
    }
}
