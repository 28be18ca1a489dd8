package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import java.util.Optional;
import java.util.Set;

/**
 * The end of a run whose plan deletes its own cluster. With the cluster goes what could be locked, what the journal is copied into and what
 * would tell it from another one, and so what is left of the run is decided by the journal of this machine.
 */
public final class OwnEnd {

    private OwnEnd() {}

    /** Whether the run, or whom it left that to, was about to delete the cluster of its plan: it may be gone for that reason. */
    public static boolean begun(MigrationPlan plan, Journal journal) {
        Act last = new DeleteCluster(plan.cluster().name());
        return journal.lines().stream()
                .map(JournalLine::record)
                .anyMatch(record -> (record instanceof JournalRecord.ActIntended intended
                                && intended.act().equals(last))
                        || (record instanceof JournalRecord.OwnerAsked asked
                                && asked.act().equals(last)));
    }

    /**
     * Whether that was so and EKS says that the cluster is gone or going. Credentials that do not see the second cluster in the account of
     * the plan say nothing of the first one.
     */
    public static boolean reached(MigrationPlan plan, Journal journal, World world) {
        return begun(plan, journal)
                && leaving(read(world))
                && world.second()
                        .flatMap(second -> cluster(read(second)))
                        .filter(second -> second.account().equals(plan.cluster().account()))
                        .isPresent();
    }

    private static boolean leaving(Reading reading) {
        return cluster(reading)
                .map(cluster -> cluster.status().equals("DELETING"))
                .orElse(reading.unknown().isEmpty());
    }

    private static Reading read(World world) {
        return world.aws().read(Set.of(Part.CLUSTER));
    }

    private static Optional<Cluster> cluster(Reading reading) {
        return reading.resources().stream()
                .filter(Cluster.class::isInstance)
                .map(Cluster.class::cast)
                .findFirst();
    }
}
