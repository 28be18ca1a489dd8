package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.step.DecoupleIngress;
import io.cnishift.api.step.SwitchTargetType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long drains are likely to take before one was measured: as long as pods need, and where load balancers send to nodes, as
 * long as these let connections end. Foretells only; what must not begin too late goes by more than that.
 */
final class Expected {

    private static final Duration PODS = Duration.ofSeconds(90);

    private Expected() {}

    static Duration drain(MigrationPlan plan, View view, List<Node> nodes) {
        Stream<TargetGroup> groups = sendsToNodesLater(plan)
                ? view.all(Part.TARGET_GROUPS, TargetGroup.class).stream()
                : nodes.stream()
                        .flatMap(n -> n.instance().stream())
                        .flatMap(id -> view.targetGroupsWith(id).stream())
                        .filter(g -> g.targetType().equals("instance"));
        return PODS.plusSeconds(
                groups.mapToInt(TargetGroup::deregistrationDelaySeconds).max().orElse(0));
    }

    /** Whether the plan has load balancers send to nodes that send to pods now. */
    private static boolean sendsToNodesLater(MigrationPlan plan) {
        return plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .anyMatch(s -> s.params() instanceof SwitchTargetType || s.params() instanceof DecoupleIngress);
    }
}
