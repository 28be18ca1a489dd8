package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every check, and what they find, worst first. */
final class Checks {

    private Checks() {}

    static List<Finding> of(Draft draft) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(BalancerCheck.check(draft));
        findings.addAll(ControlPlaneCheck.check(draft));
        findings.addAll(SecurityGroupCheck.check(draft));
        findings.addAll(draft.movement().findings());
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(Finding::code)
                        .thenComparing(Finding::subject)
                        .thenComparing(Finding::message))
                .toList();
    }
}
