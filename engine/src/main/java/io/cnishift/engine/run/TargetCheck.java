package io.cnishift.engine.run;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses to touch another cluster than the one that a plan was made for, whatever its name. */
public final class TargetCheck {

    private TargetCheck() {}

    /** The same before there is a view, for who writes anything of his own before a run begins, such as its lock. */
    public static void require(Target planned, World world) {
        Reading read = new Reading(List.of(), List.of());
        for (Port port : world.ports()) {
            read = read.and(port.read(Set.of(Part.CLUSTER)));
        }
        require(
                planned,
                read.resources().stream()
                        .filter(Cluster.class::isInstance)
                        .map(Cluster.class::cast)
                        .findFirst(),
                read.unknown());
    }

    static void require(Target planned, View view, List<Unknown> unknown) {
        require(planned, view.all(Part.CLUSTER, Cluster.class).stream().findFirst(), unknown);
    }

    /** A cluster that bears the name of one that the plan makes and was made by somebody else: the name was free then. */
    static Optional<Finding> taken(String migration, Target planned, View second) {
        return second.all(Part.CLUSTER, Cluster.class).stream()
                .filter(c -> planned.made() && !migration.equals(c.tags().get(Progress.TAG)))
                .findFirst()
                .map(c -> Finding.of(
                        "RUN-STALE",
                        Severity.BLOCKER,
                        "cluster " + c.name(),
                        "the plan makes it, and there is one of that name that this migration did not make",
                        "make a plan with another name, or one that moves to that cluster",
                        "cnishift explain RUN-STALE"));
    }

    private static void require(Target planned, Optional<Cluster> there, List<Unknown> unknown) {
        Optional<Unknown> unread =
                unknown.stream().filter(u -> u.part() == Part.CLUSTER).findFirst();
        // what one of two APIs says of it is no other cluster
        if (there.filter(c -> unread.isEmpty() || identified(c)).isEmpty()) {
            String why = unread.map(u -> ": " + u.reason()).orElse("");
            throw new MigrationException(
                    "RUN-NO-CLUSTER",
                    MigrationException.Category.ENVIRONMENT,
                    Disposition.ASK,
                    "the cluster cannot be read" + why,
                    "check credentials and network, then try again",
                    null);
        }
        Cluster found = there.get();
        if (found.status().equals("DELETING")
                && found.arn().equals(planned.arn())
                && found.kubeSystemUid().isEmpty()) {
            throw going(found);
        }
        List<String> differences = new ArrayList<>();
        compare("account", planned.account(), found.account(), differences);
        compare("ARN", planned.arn(), found.arn(), differences);
        compare("region", planned.region(), found.region(), differences);
        compare("UID of kube-system", planned.kubeSystemUid(), found.kubeSystemUid(), differences);
        if (!differences.isEmpty()) {
            throw MigrationException.user(
                    "RUN-WRONG-TARGET",
                    "this is not the cluster the plan was made for: " + String.join(", ", differences),
                    "give the cluster of the plan, or make a plan for this one");
        }
    }

    /** Its API server is not asked who it is any more, and that it goes may be what the plan wanted. */
    private static MigrationException going(Cluster found) {
        return new MigrationException(
                "RUN-NO-CLUSTER",
                MigrationException.Category.ENVIRONMENT,
                Disposition.ASK,
                "cluster " + found.name() + " is being deleted, and nothing can be done to it any more",
                "where the migration itself deleted it, all that is left is to see whether IAM still has its OIDC provider;"
                        + " 'cnishift status' tells how far it came",
                null);
    }

    private static boolean identified(Cluster cluster) {
        return !cluster.arn().isEmpty() && !cluster.kubeSystemUid().isEmpty();
    }

    private static void compare(String what, String planned, String found, List<String> differences) {
        if (!planned.equals(found)) {
            differences.add(what + " is " + found + ", not " + planned);
        }
    }
}
