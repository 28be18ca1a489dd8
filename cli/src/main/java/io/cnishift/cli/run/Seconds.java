package io.cnishift.cli.run;

import io.cnishift.adapters.ClusterReader;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.World;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.input.Place;
import io.cnishift.simulator.aws.Unmade;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Reads the second clusters of plans, each once. */
public final class Seconds {

    private final Supplier<ClusterReads> reads;
    private final Path folder;
    private final Map<String, ClusterSnapshot> read = new ConcurrentHashMap<>();

    /** Reads relative to a folder. */
    public Seconds(Supplier<ClusterReads> reads, Path folder) {
        this.reads = Objects.requireNonNull(reads);
        this.folder = Objects.requireNonNull(folder);
    }

    /** The second cluster of a plan that has one; a place for it where the plan makes it. */
    Optional<ClusterSnapshot> of(MigrationPlan plan, ClusterSnapshot first) {
        return plan.second()
                .map(target -> target.made()
                        ? Unmade.beside(first, target.name())
                        : read.computeIfAbsent(target.source(), source -> read(target)));
    }

    /** These parts of the second cluster of a plan that has one, as it is now; a place for it while it is not there. */
    public static Optional<ClusterSnapshot> now(
            MigrationPlan plan, World world, ClusterSnapshot first, Set<Part> parts) {
        return world.second().map(there -> {
            Target target = plan.second().orElseThrow();
            boolean absent = target.made()
                    && there.aws().read(Set.of(Part.CLUSTER)).resources().isEmpty();
            return absent ? Unmade.beside(first, target.name()) : ClusterReader.read(there, target.source(), parts);
        });
    }

    private ClusterSnapshot read(Target target) {
        ConnectionSettings settings =
                ConnectionSettings.none().inRegion(Optional.of(target.region()).filter(r -> !r.isEmpty()));
        return reads.get().snapshot(Place.parse(target.source(), folder), settings, EnumSet.allOf(Part.class));
    }
}
