package io.cnishift.engine.run;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import java.util.ArrayList;
import java.util.List;

/** Refuses to touch another cluster than the one that a plan was made for, whatever its name. */
final class TargetCheck {

    private TargetCheck() {}

    static void require(Target planned, View view, List<Unknown> unknown) {
        if (view.all(Part.CLUSTER, Cluster.class).isEmpty()) {
            String why = unknown.stream()
                    .filter(u -> u.part() == Part.CLUSTER)
                    .findFirst()
                    .map(u -> ": " + u.reason())
                    .orElse("");
            throw new MigrationException(
                    "RUN-NO-CLUSTER",
                    MigrationException.Category.ENVIRONMENT,
                    Disposition.ASK,
                    "the cluster cannot be read" + why,
                    "check credentials and network, then try again",
                    null);
        }
        Cluster found = view.cluster();
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

    private static void compare(String what, String planned, String found, List<String> differences) {
        if (!planned.equals(found)) {
            differences.add(what + " is " + found + ", not " + planned);
        }
    }
}
