package io.cnishift.strategy.newcluster;

import io.cnishift.api.plan.Consent;
import io.cnishift.engine.plan.Intent;
import java.util.List;
import java.util.Optional;

/** What whoever moves to a second cluster has to accept in every case. */
final class Accepted {

    static final Intent LEFT_BEHIND = new Intent(
            Optional.empty(),
            List.of(),
            List.of(new Consent(
                    "NEW-NOT-COPIED", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())));

    private Accepted() {}
}
