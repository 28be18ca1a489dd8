package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import java.util.ArrayList;
import java.util.List;

/** The refusal of a strategy that this version can assess but not plan. */
final class NotPlanned {

    private NotPlanned() {}

    static PlanResult refusal(MigrationStrategy strategy, Request request) {
        List<Finding> findings = new ArrayList<>();
        strategy.assess(request).findings().stream().filter(Finding::stops).forEach(findings::add);
        findings.add(Code.NOT_PLANNED.of(
                "strategy " + strategy.descriptor().id(),
                "this version assesses it and cannot plan it",
                "use its row in 'cnishift compare'; strategy overlay can be planned"));
        return new PlanResult.Refused(findings);
    }
}
