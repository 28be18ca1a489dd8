package io.cnishift.cli.command;

import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.input.Place;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster, and how it is reached. */
final class TargetOptions {

    @Option(
            names = "--cluster",
            paramLabel = "TARGET",
            description = "sim:NAME, sim:NAME@MIGRATION, a snapshot file, eks:NAME or NAME.")
    private @Nullable String cluster;

    @Mixin
    private ConnectionOptions connection;

    /** How a real cluster is reached. */
    ConnectionOptions connection() {
        return connection;
    }

    /** The place that was named, if one was. */
    Optional<Place> given(Path folder) {
        return Optional.ofNullable(cluster).map(text -> Place.parse(text, folder));
    }

    /** How a real cluster is reached is said in vain where none is. */
    void requireReal(Place place) {
        connection.given().filter(option -> place.kind() != Place.Kind.EKS).ifPresent(option -> {
            throw MigrationException.user(
                    "CLI-USAGE",
                    option + " has no effect: " + place + " is no real cluster",
                    "leave it out, or name a cluster as eks:NAME");
        });
    }

    /** A real cluster that was named, if one was. */
    Optional<ClusterTarget> givenReal(Path folder) {
        return given(folder)
                .filter(place -> place.kind() == Place.Kind.EKS)
                .map(place -> new ClusterTarget(place.name(), connection.settings(folder)));
    }

    /** The real cluster of a plan, in the region of that plan unless another way to it is given. */
    ClusterTarget real(Target of, Path folder) {
        return real(of, connection.settings(folder));
    }

    /** The same, where what is given is known. */
    ClusterTarget real(Target of, ConnectionSettings given) {
        Optional<String> region =
                given.region().or(() -> Optional.of(of.region()).filter(r -> !r.isEmpty()));
        return new ClusterTarget(of.name(), given.inRegion(region));
    }

    /** Whoever changes something takes the target from plan or journal; one that is given must be the same. */
    void mustBe(Target of, Path folder) {
        given(folder).filter(place -> !same(place, of)).ifPresent(place -> {
            throw MigrationException.user(
                    "CLI-WRONG-TARGET",
                    "the migration is of " + of.source() + ", not of " + place,
                    "leave out --cluster, or name a migration of " + place);
        });
    }

    private static boolean same(Place place, Target of) {
        return place.toString().equals(of.source())
                || (place.kind() == Place.Kind.EKS
                        && place.name().equals(of.name())
                        && !of.source().startsWith("sim:"));
    }

    /** The place that must be named. */
    Place place(Path folder) {
        return given(folder)
                .orElseThrow(() -> MigrationException.user(
                        "CLI-USAGE",
                        "no cluster given",
                        "add --cluster TARGET, for instance --cluster sim:minnie-wallace"));
    }
}
