package io.cnishift.cli.run;

import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Target;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.input.Place;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /** The second cluster of a plan that has one. */
    Optional<ClusterSnapshot> of(MigrationPlan plan) {
        return plan.second().map(target -> read.computeIfAbsent(target.source(), source -> read(target)));
    }

    private ClusterSnapshot read(Target target) {
        ConnectionSettings settings =
                ConnectionSettings.none().inRegion(Optional.of(target.region()).filter(r -> !r.isEmpty()));
        return reads.get().snapshot(Place.parse(target.source(), folder), settings, EnumSet.allOf(Part.class));
    }
}
