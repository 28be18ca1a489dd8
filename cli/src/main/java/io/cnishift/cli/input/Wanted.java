package io.cnishift.cli.input;

import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Goal;
import io.cnishift.engine.plan.Intent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one source (a document, the folder's settings, the flags) says is wanted.
 *
 * @param goal replaces the one of a weaker source; constraints and consents add up
 */
public record Wanted(Optional<Goal> goal, List<Constraint> forbid, List<Consent> accept) {
    public Wanted {
        Objects.requireNonNull(goal);
        forbid = List.copyOf(forbid);
        accept = List.copyOf(accept);
    }

    /** The intent with this on top. */
    public Intent over(Intent under) {
        Set<Constraint> constraints = new LinkedHashSet<>(under.constraints());
        constraints.addAll(forbid);
        List<Consent> accepted = new ArrayList<>(under.accepted());
        accepted.addAll(accept);
        return new Intent(goal.or(under::goal), List.copyOf(constraints), accepted);
    }
}
