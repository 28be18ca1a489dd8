package io.cnishift.engine.fact;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.plan.Severity;
import java.util.Collection;
import java.util.List;

/** Compares what steps were planned on with what is so now. */
public final class FactCheck {

    private static final int SHOWN = 200;

    private FactCheck() {}

    /** One finding per fact of these steps that no longer holds. */
    public static List<Finding> differences(Collection<MigrationPlan.Step> steps, View view) {
        return steps.stream()
                .flatMap(step -> step.facts().stream()
                        .filter(fact -> Facts.shown(view, fact) && !Facts.holds(view, fact))
                        .map(fact -> difference(step, fact, Facts.value(view, fact.subject(), fact.field()))))
                .toList();
    }

    private static Finding difference(MigrationPlan.Step step, Fact fact, String now) {
        return Finding.of(
                "RUN-STALE",
                Severity.BLOCKER,
                fact.subject(),
                fact.field() + " is " + shortened(now) + ", but step " + step.id() + " was planned on "
                        + expected(fact),
                "make the plan again, or bring the field back to what it was",
                "cnishift explain RUN-STALE");
    }

    private static String expected(Fact fact) {
        return fact.value()
                .map(FactCheck::shortened)
                .orElseGet(() -> fact.atLeast().isPresent()
                        ? "at least " + fact.atLeast().getAsLong()
                        : "at most " + fact.atMost().orElse(Long.MAX_VALUE));
    }

    private static String shortened(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }
}
