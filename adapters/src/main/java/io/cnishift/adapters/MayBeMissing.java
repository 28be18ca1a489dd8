package io.cnishift.adapters;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** AWS around a cluster that a plan makes: that EKS knows no cluster of the name is an answer and not a mistake. */
public final class MayBeMissing implements AroundAws {

    private static final String NOT_FOUND = "CLUSTER-NOT-FOUND";

    private final AwsPort aws;

    private MayBeMissing(AwsPort aws) {
        this.aws = Objects.requireNonNull(aws);
    }

    /** That world, of a cluster that need not be there. */
    public static World world(World world) {
        return world.through(world.kubernetes(), new MayBeMissing(world.aws()), world.helm());
    }

    @Override
    public AwsPort inner() {
        return aws;
    }

    @Override
    public Reading read(Set<Part> parts, Runnable between) {
        try {
            return aws.read(parts, between);
        } catch (MigrationException e) {
            if (!e.code().equals(NOT_FOUND)) {
                throw e;
            }
            return new Reading(List.of(), List.of());
        }
    }
}
