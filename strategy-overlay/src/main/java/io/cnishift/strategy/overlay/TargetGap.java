package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.roll.PodTargets;

/** How long a Service is without targets while its target group is replaced. */
final class TargetGap {

    /** What the controller needs to make a target group, move the listener and register nodes; generous. */
    private static final int CONTROLLER_SECONDS = 30;

    /** What a target of a group needs that the controller makes without annotations: registration, and three checks. */
    private static final int DEFAULT_SECONDS = 180 + 3 * 10;

    private TargetGap() {}

    /**
     * Seconds without a healthy target while the controller replaces a target group, at most: until it has made the new one,
     * until the load balancer has registered a node, and until that has passed as many checks as the group asks for.
     */
    static int seconds(View view, Service service) {
        return CONTROLLER_SECONDS
                + PodTargets.targetGroups(view, service.key()).stream()
                        .mapToInt(TargetGroup::secondsToHealthy)
                        .max()
                        .orElse(DEFAULT_SECONDS);
    }
}
