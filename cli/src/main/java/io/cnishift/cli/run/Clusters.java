package io.cnishift.cli.run;

import io.cnishift.adapters.ClusterReader;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.input.Documents;
import io.cnishift.cli.input.Place;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.snapshot.SnapshotFiles;
import io.cnishift.simulator.scenario.Scenarios;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Reads snapshot files, fresh scenarios, simulated clusters that a migration changed, and real clusters. */
public final class Clusters implements ClusterReads {

    private final SnapshotFiles files;
    private final Scenarios scenarios;
    private final Shelf shelf;
    private final Path folder;
    private final Site site;

    /**
     * Reads relative to a folder.
     *
     * @param site asked for a real cluster, which is closed after it is read
     */
    public Clusters(SnapshotFiles files, Scenarios scenarios, Shelf shelf, Path folder, Site site) {
        this.files = Objects.requireNonNull(files);
        this.scenarios = Objects.requireNonNull(scenarios);
        this.shelf = Objects.requireNonNull(shelf);
        this.folder = Objects.requireNonNull(folder);
        this.site = Objects.requireNonNull(site);
    }

    @Override
    public ClusterSnapshot snapshot(Place place, ConnectionSettings connection, Set<Part> parts) {
        return switch (place.kind()) {
            case FILE -> file(place.name());
            case SIMULATED -> place.migration().isPresent() ? changed(place) : fresh(place.name());
            case EKS -> real(new ClusterTarget(place.name(), connection), parts);
        };
    }

    @Override
    public Intent intent(Place place) {
        return place.kind() == Place.Kind.SIMULATED ? scenarios.intent(place.name()) : Intent.NONE;
    }

    private ClusterSnapshot fresh(String name) {
        return scenarios.snapshot(name);
    }

    private ClusterSnapshot changed(Place place) {
        try (Site.Opened cluster = shelf.look(place)) {
            return ClusterReader.read(cluster.world(), place.toString(), EnumSet.allOf(Part.class));
        }
    }

    private ClusterSnapshot real(ClusterTarget target, Set<Part> parts) {
        try (Site.Opened opened = site.open(target)) {
            return ClusterReader.read(opened.world(), target.toString(), parts);
        } catch (MigrationException e) {
            throw Scenarios.names().contains(target.name())
                    ? e.or("for the bundled scenario write sim:" + target.name())
                    : e;
        }
    }

    private ClusterSnapshot file(String name) {
        Path path = folder.resolve(name);
        if (Files.isDirectory(path)) {
            throw MigrationException.user(
                    "CLI-NO-SUCH-FILE",
                    "'" + name + "' is a folder",
                    "name a snapshot file; for a cluster write eks:" + name);
        }
        return Documents.whole(files.read(Source.of(name, () -> Files.newInputStream(path))));
    }
}
