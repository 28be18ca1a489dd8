package io.cnishift.engine.run;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads a world whole. */
public final class Snapshots {

    private Snapshots() {}

    /**
     * The cluster as it is now; what could not be read is unknown in it.
     *
     * @param source where it was read, for the reader of the snapshot
     */
    public static ClusterSnapshot of(World world, String source) {
        Reading all = new Reading(List.of(), List.of());
        for (Part.Source side : Part.Source.values()) {
            Set<Part> parts = EnumSet.noneOf(Part.class);
            EnumSet.allOf(Part.class).stream().filter(p -> p.source() == side).forEach(parts::add);
            all = all.and(port(world, side).read(parts));
        }
        return ClusterSnapshot.of(source, world.time().now(), all.resources(), all.unknown());
    }

    private static Port port(World world, Part.Source side) {
        return switch (side) {
            case KUBERNETES -> world.kubernetes();
            case AWS -> world.aws();
            case HELM -> world.helm();
        };
    }
}
