package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every check, and what they find, worst first. */
final class Checks {

    private static final List<Function<Draft, List<Finding>>> BOTH = List.of(
            draft -> UnknownCheck.check(draft.site().request()),
            OptionCheck::check,
            draft -> ClusterCheck.check(draft.site().request()),
            CniCheck::check,
            PolicyCheck::check,
            draft -> draft.roll().findings(),
            draft -> NodeCheck.check(draft.site()),
            PortCheck::check,
            GroupCheck::check,
            AddressCheck::check,
            SecurityGroupCheck::check,
            WorkloadCheck::check,
            ChartCheck::check);

    /** What pods lose with their addresses of the VPC. */
    private static final List<Function<Draft, List<Finding>>> OVERLAY =
            List.of(IsolationCheck::check, BalancerCheck::check, ControlPlaneCheck::check);

    private static final List<Function<Draft, List<Finding>>> INTERFACES = List.of(EniCheck::check);

    private Checks() {}

    static List<Finding> of(Draft draft) {
        return Stream.concat(BOTH.stream(), (draft.site().overlay() ? OVERLAY : INTERFACES).stream())
                .flatMap(check -> check.apply(draft).stream())
                .map(f -> of(draft.site().options().strategy(), f))
                .map(f -> f.acceptedBy(draft.site().request().consents()))
                .distinct()
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(Finding::code)
                        .thenComparing(Finding::subject)
                        .thenComparing(Finding::message))
                .toList();
    }

    /** The strategies share codes; a finding is that of the strategy which was asked. */
    private static Finding of(String strategy, Finding f) {
        return new Finding(
                f.code(),
                f.severity(),
                f.subject(),
                f.message(),
                f.remedy(),
                f.reference(),
                List.of(strategy),
                f.curedBy(),
                f.accepted(),
                f.suppressed());
    }
}
