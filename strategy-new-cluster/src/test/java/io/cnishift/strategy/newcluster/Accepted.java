package io.cnishift.strategy.newcluster;

import io.cnishift.api.plan.Consent;
import io.cnishift.engine.plan.Intent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What whoever moves to a second cluster has to accept in every case. */
final class Accepted {

    static final Intent LEFT_BEHIND = accepting("NEW-NOT-COPIED");

    /** What has to be accepted beside that where the plan makes the second cluster. */
    static final Intent MADE = accepting(
            "NEW-NOT-COPIED",
            "NEW-CUSTOM",
            "NEW-STOP",
            "NEW-ACCESS",
            "NEW-TRUST",
            "NEW-TRUST-ROLES",
            "NEW-CNI-RIGHTS",
            "NEW-CONTROLLER-RIGHTS",
            "NEW-IPV6-RIGHTS");

    /** And that the database of stateful-green stops while its volumes change clusters, and roles are trusted there too. */
    static final Intent STOP = new Intent(
            Optional.empty(),
            List.of(),
            List.of(
                    consent("NEW-NOT-COPIED"),
                    consent("NEW-CUSTOM"),
                    consent("NEW-TRUST-ROLES"),
                    stop("StatefulSet shop/orders-db")));

    /** The same, without saying what stops. */
    static final Intent EVERY_STOP = accepting("NEW-NOT-COPIED", "NEW-CUSTOM", "NEW-STOP");

    /** That both clusters have one authority. */
    static final Intent MESH_TRUST = accepting("NEW-NOT-COPIED", "NEW-TRUST", "NEW-TRUST-ROLES", "NEW-MESH-TRUST");

    /** That the first cluster is deleted. */
    static final Intent DELETION = accepting("NEW-NOT-COPIED", "NEW-DELETE");

    private Accepted() {}

    private static Intent accepting(String... codes) {
        return new Intent(
                Optional.empty(),
                List.of(),
                Stream.of(codes).map(Accepted::consent).toList());
    }

    static Consent stop(String workload) {
        return new Consent("NEW-STOP", Optional.of(workload), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Consent consent(String code) {
        return new Consent(code, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
