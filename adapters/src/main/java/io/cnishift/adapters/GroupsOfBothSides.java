package io.cnishift.adapters;

import io.cnishift.adapters.reading.PartReader;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.Reading;
import java.util.List;
import java.util.Set;

/**
 * AWS with the NodePools of the cluster among its node groups. AWS knows of none, and who reads node groups again must not find
 * them gone.
 */
final class GroupsOfBothSides implements AroundAws {

    private final AwsPort aws;
    private final PartReader pools;

    GroupsOfBothSides(AwsPort aws, PartReader pools) {
        this.aws = aws;
        this.pools = pools;
    }

    @Override
    public AwsPort inner() {
        return aws;
    }

    @Override
    public Reading read(Set<Part> parts, Runnable between) {
        Reading groups = parts.contains(Part.NODE_GROUPS)
                ? pools.read(Set.of(Part.NODE_GROUPS), between)
                : new Reading(List.of(), List.of());
        return ClusterReader.withDistinctGroups(aws.read(parts, between).and(groups));
    }
}
