package io.cnishift.adapters;

import io.cnishift.adapters.reading.PartReader;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * AWS with the NodePools of the cluster among its node groups. AWS knows of none, and who reads node groups again must not find
 * them gone.
 */
final class GroupsOfBothSides implements AwsPort {

    private final AwsPort aws;
    private final PartReader pools;

    GroupsOfBothSides(AwsPort aws, PartReader pools) {
        this.aws = aws;
        this.pools = pools;
    }

    @Override
    public Reading read(Set<Part> parts) {
        return read(parts, () -> {});
    }

    @Override
    public Reading read(Set<Part> parts, Runnable between) {
        Reading groups = parts.contains(Part.NODE_GROUPS)
                ? pools.read(Set.of(Part.NODE_GROUPS), between)
                : new Reading(List.of(), List.of());
        return ClusterReader.withDistinctGroups(aws.read(parts, between).and(groups));
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return aws.watch(parts, sink);
    }

    @Override
    public Map<String, Object> before(Act act) {
        return aws.before(act);
    }

    @Override
    public ActResult perform(Act act) {
        return aws.perform(act);
    }

    @Override
    public Optional<ActResult> check(Act act) {
        return aws.check(act);
    }
}
