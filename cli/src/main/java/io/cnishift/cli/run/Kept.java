package io.cnishift.cli.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.cli.input.Place;
import io.cnishift.simulator.world.SimulatedCluster;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Which of the simulated clusters of a migration is meant: the one it is of, or the second one that it moves to. */
final class Kept {

    private Kept() {}

    /** The ports to the cluster of that name, as the migration's last act left it. */
    static World world(SimulatedCluster kept, MigrationPlan plan, Place place) {
        String first = name(plan.cluster());
        Optional<String> second = plan.second().map(Kept::name);
        if (place.name().equals(first)) {
            return kept.world();
        }
        return kept.world()
                .second()
                .filter(there -> second.filter(place.name()::equals).isPresent())
                .map(there -> standing(there, place))
                .orElseThrow(() -> wrong(place, first, second));
    }

    private static String name(Target target) {
        Place place = Place.parse(target.source().replaceFirst("^new:", "sim:"), Path.of(""));
        return place.name();
    }

    private static World standing(World there, Place place) {
        if (there.aws().read(Set.of(Part.CLUSTER)).resources().isEmpty()) {
            throw MigrationException.user(
                    "CLI-WRONG-TARGET",
                    "there is no cluster " + place + ": the migration has not made it yet, or has taken it away again",
                    "look at it after the step make-cluster");
        }
        return there;
    }

    private static MigrationException wrong(Place place, String first, Optional<String> second) {
        String migration = "@" + place.migration().orElse("");
        return MigrationException.user(
                "CLI-WRONG-TARGET",
                "the migration of " + place + " is one of sim:" + first
                        + second.map(s -> ", and moves to sim:" + s).orElse(""),
                "write sim:" + first + migration
                        + second.map(s -> " or sim:" + s + migration).orElse(""));
    }
}
