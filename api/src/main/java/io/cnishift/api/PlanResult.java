package io.cnishift.api;

import io.cnishift.api.plan.Target;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What {@link MigrationStrategy#plan} answers: a plan, or the findings that stand against one. */
public sealed interface PlanResult {

    /** A plan, with the findings that the user should still read. */
    record Planned(MigrationPlan plan, List<Finding> findings) implements PlanResult {}

    /** No plan; at least one finding stops it. */
    record Refused(List<Finding> findings) implements PlanResult {
        public Refused {
            findings = List.copyOf(findings);
            if (findings.stream().noneMatch(Finding::stops)) {
                throw new IllegalArgumentException("a refusal needs a finding that stops the plan");
            }
        }
    }

    /**
     * A plan of these phases for the cluster that is asked about, unless a finding stops it.
     *
     * @param options as the request gave them; the plan states each that has a value
     * @param findings all of them; those that the request consents to do not stop the plan
     * @param mayRemain see {@link MigrationPlan#mayRemain}
     * @param phases asked only when nothing stops the plan
     */
    static PlanResult of(
            Request request,
            String strategy,
            Record options,
            List<Finding> findings,
            List<String> mayRemain,
            Supplier<List<MigrationPlan.Phase>> phases) {
        List<Finding> weighed =
                findings.stream().map(f -> f.acceptedBy(request.consents())).toList();
        if (weighed.stream().anyMatch(Finding::stops)) {
            return new Refused(weighed);
        }
        MigrationPlan plan = new MigrationPlan(
                MigrationPlan.FORMAT,
                strategy,
                Target.of(request.snapshot()),
                PlanOptions.of(options),
                request.consents().stream()
                        .filter(c -> weighed.stream()
                                .anyMatch(f -> f.accepted().filter(c::equals).isPresent()))
                        .toList(),
                List.of(),
                mayRemain,
                phases.get());
        return new Planned(plan, weighed);
    }

    /** Every case, one function each. */
    default <T> T fold(Function<Planned, T> planned, Function<Refused, T> refused) {
        return this instanceof Planned p ? planned.apply(p) : refused.apply((Refused) this);
    }
}
