package io.cnishift.engine.slice;

import java.time.Duration;
import java.util.Map;

/**
 * How long a step takes before this run has done one of its kind: what rehearsals of the bundled scenarios came to, rounded up. The
 * long ones wait for load balancers, which let connections end first.
 */
public final class StepTimes {

    private static final Duration USUAL = Duration.ofMinutes(5);

    private static final Map<String, Duration> BY_KIND = Map.of(
            "run-probes", Duration.ofMinutes(1),
            "park-autoscaling", Duration.ofMinutes(1),
            "label-nodes", Duration.ofMinutes(1),
            "apply-manifest", Duration.ofMinutes(1),
            "remove-manifest", Duration.ofMinutes(1),
            "make-template-version", Duration.ofMinutes(1),
            "make-node-group", Duration.ofMinutes(3),
            "decouple-ingress", Duration.ofMinutes(12),
            "switch-target-type", Duration.ofMinutes(12));

    private StepTimes() {}

    /** The estimate for a step of that kind that is no roll. */
    public static Duration of(String kind) {
        return BY_KIND.getOrDefault(kind, USUAL);
    }
}
