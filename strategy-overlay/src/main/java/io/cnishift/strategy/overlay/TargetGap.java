package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.roll.PodTargets;

/** How long a Service is without targets while its target group is replaced. */
final class TargetGap {

    /** What the controller needs to make a target group, move the listener and register nodes; generous. */
    private static final int CONTROLLER_SECONDS = 30;

    /** A Network Load Balancer takes 90 to 180 s before it begins to check a new target. */
    private static final int REGISTRATION_SECONDS = 180;

    /** Health checks of a target group that the controller makes without annotations. */
    private static final int DEFAULT_CHECK_SECONDS = 10;

    private static final int DEFAULT_THRESHOLD = 3;

    private TargetGap() {}

    /**
     * Seconds without a healthy target while the controller replaces a target group, at most: until it has made the new one,
     * until the load balancer has registered a node, and until that has passed as many checks as the group asks for.
     */
    static int seconds(View view, Service service) {
        return CONTROLLER_SECONDS
                + REGISTRATION_SECONDS
                + PodTargets.targetGroups(view, service.key()).stream()
                        .mapToInt(t -> t.healthCheckSeconds() * Math.max(1, t.healthyThreshold()))
                        .max()
                        .orElse(DEFAULT_CHECK_SECONDS * DEFAULT_THRESHOLD);
    }
}
