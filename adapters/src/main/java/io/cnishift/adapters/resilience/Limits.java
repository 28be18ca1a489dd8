package io.cnishift.adapters.resilience;

import java.util.Map;

/**
 * How many requests a second one process sends to a service, at most. Chosen well below the published refill rates of the
 * describe buckets, which all tools of an account and region share, so that reading a cluster throttles nobody else.
 *
 * @param perSecond by service
 * @param otherwise for any other service
 */
public record Limits(Map<String, Integer> perSecond, int otherwise) {

    /** What cnishift allows itself. */
    public static final Limits STANDARD = new Limits(
            Map.of("ec2", 15, "eks", 8, "autoscaling", 8, "elasticloadbalancing", 8, Operation.KUBERNETES, 50), 5);

    public Limits {
        perSecond = Map.copyOf(perSecond);
        if (otherwise < 1 || perSecond.values().stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("a limit is at least 1 request a second");
        }
    }

    /** Requests a second for that service. */
    public int of(String service) {
        return perSecond.getOrDefault(service, otherwise);
    }
}
