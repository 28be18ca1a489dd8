package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Every check, and what they find, worst first. */
final class Checks {

    private static final List<Function<Draft, List<Finding>>> CHECKS = List.of(
            draft -> UnknownCheck.check(draft.site().request()),
            OptionCheck::check,
            draft -> ClusterCheck.check(draft.site().request()),
            CniCheck::check,
            IsolationCheck::check,
            PolicyCheck::check,
            draft -> NodeCheck.check(draft.site().view()),
            PortCheck::check,
            GroupCheck::check,
            AddressCheck::check,
            SecurityGroupCheck::check,
            BalancerCheck::check,
            ControlPlaneCheck::check,
            WorkloadCheck::check,
            ChartCheck::check);

    private Checks() {}

    static List<Finding> of(Draft draft) {
        return CHECKS.stream()
                .flatMap(check -> check.apply(draft).stream())
                .distinct()
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(Finding::code)
                        .thenComparing(Finding::subject)
                        .thenComparing(Finding::message))
                .toList();
    }
}
