package io.cnishift.engine.plan;

import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Goal;
import java.util.List;
import java.util.Optional;

/** What the owner of a cluster wants, forbids and has accepted: the document that stands beside a snapshot. */
public record Intent(Optional<Goal> goal, List<Constraint> constraints, List<Consent> accepted) {

    /** Nothing wanted, forbidden or accepted. */
    public static final Intent NONE = new Intent(Optional.empty(), List.of(), List.of());

    public Intent {
        constraints = List.copyOf(constraints);
        accepted = List.copyOf(accepted);
    }
}
