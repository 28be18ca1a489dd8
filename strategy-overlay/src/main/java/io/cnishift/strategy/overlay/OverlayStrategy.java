package io.cnishift.strategy.overlay;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.plan.PublishesCharts;
import io.cnishift.api.plan.Supplied;
import io.cnishift.api.plan.Supplies;
import io.cnishift.api.roll.RollCode;
import io.cnishift.cilium.ChartImage;
import io.cnishift.cilium.CiliumSupplies;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.ValueRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Replaces the VPC CNI by Cilium with a VXLAN overlay: pods get addresses from a pool of the cluster's own. */
public final class OverlayStrategy implements MigrationStrategy, PublishesCharts, Supplied {

    static final String ID = "overlay";

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                ID,
                "Cilium overlay",
                "Replaces every node by one whose pods get addresses from a pool of the cluster's own, then removes the VPC CNI.",
                StrategyDescriptor.API_VERSION,
                OverlayOptions.class,
                codes());
    }

    @Override
    public List<String> charts() {
        return List.of(Migration.PUBLISHED_CHART);
    }

    @Override
    public Assessment assess(Request request) {
        Draft draft = Draft.of(Site.of(request));
        return OverlayAssessment.of(draft, Checks.of(draft));
    }

    @Override
    public PlanResult plan(Request request) {
        Draft draft = Draft.of(Site.of(request));
        List<Finding> findings = Checks.of(draft);
        return PlanBuilder.result(draft, findings);
    }

    @Override
    public Supplies supplies(Record options, Map<String, Object> values, Optional<String> registry) {
        Choices choices = (Choices) options;
        return new CiliumSupplies(
                        choices.ciliumVersion(),
                        ChartImage.Part.OPERATOR_GENERIC,
                        ChartDraft.hubble(choices.hubble()),
                        choices.chart())
                .supplies(values, registry);
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new TreeMap<>(Code.explanations(List.of(OverlayCode.values())));
        codes.putAll(Code.explanations(List.of(MoveCode.values())));
        codes.putAll(RollCode.explanations(Code.PREFIX));
        // an overlay takes pods from behind load balancers first, and with interfaces EniCode says it
        codes.remove(RollCode.TARGETS_END.code(Code.PREFIX));
        codes.putAll(Code.explanations(List.of(SiteCode.values())));
        codes.putAll(ValueRule.explanations());
        return codes;
    }
}
