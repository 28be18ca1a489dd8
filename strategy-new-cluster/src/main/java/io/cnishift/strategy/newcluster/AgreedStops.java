package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.plan.Consent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Consents to stops, as a plan keeps them. A consent to all of a code names nobody, and a run counts time without pods as agreed to only
 * where somebody is named; so the plan names each workload that such a consent was shown to cover.
 */
final class AgreedStops {

    private AgreedStops() {}

    static PlanResult named(PlanResult result) {
        return result.fold(
                planned -> new PlanResult.Planned(named(planned.plan(), planned.findings()), planned.findings()),
                refused -> refused);
    }

    private static MigrationPlan named(MigrationPlan plan, List<Finding> findings) {
        List<Consent> accepted = new ArrayList<>(plan.accepted());
        findings.stream()
                .filter(f -> f.code().equals(Code.STOP.id()))
                .forEach(stop -> stop.accepted()
                        .filter(c -> c.subject().isEmpty())
                        .map(c -> new Consent(c.code(), Optional.of(stop.subject()), c.by(), c.at(), c.reason()))
                        .ifPresent(accepted::add));
        return new MigrationPlan(
                plan.format(),
                plan.strategy(),
                plan.cluster(),
                plan.options(),
                accepted,
                plan.holds(),
                plan.mayRemain(),
                plan.phases(),
                plan.second());
    }
}
