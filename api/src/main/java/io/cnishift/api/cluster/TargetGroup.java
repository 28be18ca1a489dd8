package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A target group with the health of its targets.
 *
 * @param targetType instance or ip
 * @param healthCheckSeconds interval between checks
 * @param service namespace/name of the Service that the load balancer controller made it for
 */
public record TargetGroup(
        String arn,
        String name,
        String targetType,
        String protocol,
        int port,
        int healthCheckSeconds,
        int healthyThreshold,
        int deregistrationDelaySeconds,
        List<Target> targets,
        Optional<String> service,
        Map<String, String> tags)
        implements Resource {

    /** A Network Load Balancer takes 90 to 180 s before it begins to check a new target. */
    private static final int REGISTRATION_SECONDS = 180;

    public TargetGroup {
        Objects.requireNonNull(arn);
        Objects.requireNonNull(targetType);
        targets = List.copyOf(targets);
        tags = Map.copyOf(tags);
    }

    @Override
    public Part part() {
        return Part.TARGET_GROUPS;
    }

    @Override
    public String key() {
        return arn;
    }

    /** A registered target: instance id or address, port, and the ELB health state with its reason. */
    public record Target(String id, int port, String health, String reason) {}

    /**
     * Seconds, at most, until a new target that answers is sent to: an Application Load Balancer wants one check, a Network Load
     * Balancer as many as are set, and begins late.
     */
    public int secondsToHealthy() {
        return protocol.startsWith("HTTP")
                ? healthCheckSeconds
                : REGISTRATION_SECONDS + healthCheckSeconds * Math.max(1, healthyThreshold);
    }

    /** Targets in that health state. */
    public long count(String health) {
        return targets.stream().filter(t -> t.health().equals(health)).count();
    }
}
