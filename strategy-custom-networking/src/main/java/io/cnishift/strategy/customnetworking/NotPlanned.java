package io.cnishift.strategy.customnetworking;

import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import java.util.List;

/** The refusal of a strategy that this version can assess but not plan. */
final class NotPlanned {

    private NotPlanned() {}

    static PlanResult refusal(MigrationStrategy strategy) {
        return new PlanResult.Refused(List.of(Code.NOT_PLANNED.of(
                "strategy " + strategy.descriptor().id(),
                "this version assesses it and cannot plan it",
                "use its row in 'cnishift compare'; strategy overlay can be planned")));
    }
}
