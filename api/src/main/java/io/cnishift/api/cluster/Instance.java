package io.cnishift.api.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An EC2 instance of the cluster.
 *
 * @param nodeGroup name of its group, also for an Auto Scaling group or NodePool
 * @param state pending, running, shutting-down, terminated, stopping, stopped
 * @param publicAddress whether it has a public IPv4 address: its subnet gives one, or its launch template
 */
public record Instance(
        String id,
        String type,
        String availabilityZone,
        String subnet,
        Optional<String> nodeGroup,
        String state,
        String privateAddress,
        String imageId,
        int hopLimit,
        List<String> securityGroups,
        Instant launchedAt,
        OptionalLong launchTemplateVersion,
        boolean protectedFromScaleIn,
        boolean publicAddress)
        implements Resource {

    public Instance {
        Objects.requireNonNull(id);
        Objects.requireNonNull(type);
        securityGroups = List.copyOf(securityGroups);
    }

    @Override
    public Part part() {
        return Part.INSTANCES;
    }

    @Override
    public String key() {
        return id;
    }
}
