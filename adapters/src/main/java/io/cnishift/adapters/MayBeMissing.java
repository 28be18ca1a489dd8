package io.cnishift.adapters;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** AWS around a cluster that a plan makes: that EKS knows no cluster of the name is an answer and not a mistake. */
public final class MayBeMissing implements AwsPort {

    private static final String NOT_FOUND = "CLUSTER-NOT-FOUND";

    private final AwsPort aws;

    private MayBeMissing(AwsPort aws) {
        this.aws = Objects.requireNonNull(aws);
    }

    /** That world, of a cluster that need not be there. */
    public static World world(World world) {
        return new World(
                world.kubernetes(),
                new MayBeMissing(world.aws()),
                world.helm(),
                world.reach(),
                world.owners(),
                world.time(),
                world.violations(),
                world.notModelled(),
                world.injected(),
                world.guards(),
                world.second(),
                world.requestsLost());
    }

    @Override
    public Reading read(Set<Part> parts) {
        try {
            return aws.read(parts);
        } catch (MigrationException e) {
            if (!e.code().equals(NOT_FOUND)) {
                throw e;
            }
            return new Reading(List.of(), List.of());
        }
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
