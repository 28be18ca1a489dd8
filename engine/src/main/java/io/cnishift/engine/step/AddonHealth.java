package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Addon;
import java.util.Optional;
import java.util.Set;

/** What EKS says of an add-on between a change and the next. */
final class AddonHealth {

    private static final Set<String> UNDER_WAY = Set.of("UPDATING", "CREATING");
    private static final Set<String> LOST = Set.of("CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED", "DEGRADED");

    private AddonHealth() {}

    /** The wait for a change that is under way, during which EKS refuses the next one. */
    static Optional<StepOutcome> settling(Addon addon) {
        return UNDER_WAY.contains(addon.status())
                ? Optional.of(
                        Outcomes.notYet(10, "waiting for the add-on " + addon.name() + ", which is " + addon.status()))
                : Optional.empty();
    }

    static Optional<StepOutcome> unhealthy(Addon addon) {
        return LOST.contains(addon.status()) ? Optional.of(blocked(addon)) : Optional.empty();
    }

    static StepOutcome blocked(Addon addon) {
        return Outcomes.blocked(StepCode.ADDON_UNHEALTHY.of(
                "add-on " + addon.name(),
                "is " + addon.status() + ": " + String.join("; ", addon.issues()),
                "see to its issues, then resume"));
    }
}
