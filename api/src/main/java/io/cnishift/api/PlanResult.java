package io.cnishift.api;

import java.util.List;
import java.util.function.Function;

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

    /** Every case, one function each. */
    default <T> T fold(Function<Planned, T> planned, Function<Refused, T> refused) {
        return this instanceof Planned p ? planned.apply(p) : refused.apply((Refused) this);
    }
}
