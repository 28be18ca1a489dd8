package io.cnishift.strategy.chaining;

import io.cnishift.api.Assessment;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Probe;
import io.cnishift.api.Request;
import io.cnishift.api.StepKind;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.draft.PlanDraft;
import io.cnishift.api.plan.PublishesCharts;
import io.cnishift.api.plan.Supplied;
import io.cnishift.api.plan.Supplies;
import io.cnishift.cilium.ChartImage;
import io.cnishift.cilium.CiliumSupplies;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.ValueRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Cilium chained behind the VPC CNI: policies and visibility for pods that keep their addresses. */
public final class ChainingStrategy implements MigrationStrategy, PublishesCharts, Supplied {

    private static final String ID = "chaining";

    @Override
    public StrategyDescriptor descriptor() {
        Map<String, String> codes = new TreeMap<>(Code.explained());
        codes.putAll(ValueRule.explanations());
        return new StrategyDescriptor(
                ID,
                "Cilium chained behind the VPC CNI",
                "Adds Cilium's policies and visibility to pods that keep their VPC addresses; no node is replaced.",
                StrategyDescriptor.API_VERSION,
                ChainingOptions.class,
                codes);
    }

    @Override
    public List<String> charts() {
        return List.of(Migration.PUBLISHED_CHART);
    }

    @Override
    public Supplies supplies(Record options, Map<String, Object> values, Optional<String> registry) {
        ChainingOptions chosen = (ChainingOptions) options;
        return new CiliumSupplies(
                        chosen.ciliumVersion(), ChartImage.Part.OPERATOR_GENERIC, chosen.hubble(), chosen.chart())
                .supplies(values, registry);
    }

    @Override
    public Assessment assess(Request request) {
        return ChainingAssessment.of(request);
    }

    @Override
    public PlanResult plan(Request request) {
        ChainingOptions options = request.options(ChainingOptions.class);
        ChainingPlan plan = new ChainingPlan(
                Chart.of(request, options), new Restarts(request.view()), PolicyAgent.of(request.view()));
        return new PlanDraft(ID, options, ChainingAssessment.of(request).findings(), List.of())
                .result(request, plan::phases);
    }

    @Override
    public List<StepKind<?>> stepKinds() {
        return List.of(new StepKind<>(AwaitJobs.KIND, 1, AwaitJobs.class, new AwaitJobsHandler()));
    }

    @Override
    public List<Probe> probes() {
        return List.of(new ChainedPods(), new ChainTaken(), new CurrentConflist(), new ForgottenPolicies());
    }
}
