package io.cnishift.api.draft;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.plan.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a strategy knows of its plan before the phases: enough to tell whether there will be one.
 *
 * @param options as the request gave them; the plan states each that has a value
 * @param findings all of them; those that the request consents to do not stop the plan
 * @param mayRemain see {@link MigrationPlan#mayRemain}
 */
public record PlanDraft(String strategy, Record options, List<Finding> findings, List<String> mayRemain) {

    public PlanDraft {
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(options);
        findings = List.copyOf(findings);
        mayRemain = List.copyOf(mayRemain);
    }

    /**
     * A plan of these phases for the cluster that is asked about, unless a finding stops it.
     *
     * @param phases asked only when nothing stops the plan
     */
    public PlanResult result(Request request, Supplier<List<Phase>> phases) {
        return result(request, request.second().map(Target::of), phases);
    }

    /**
     * The same with another second cluster than the one that was asked about: one that the plan makes.
     *
     * @param second empty when the plan has one cluster only
     */
    public PlanResult result(Request request, Optional<Target> second, Supplier<List<Phase>> phases) {
        return result(request, second, List.of(), phases);
    }

    /**
     * The same with holds.
     *
     * @param holds phases before which a person has to do something, as far as the plan has them
     */
    public PlanResult result(
            Request request, Optional<Target> second, List<String> holds, Supplier<List<Phase>> phases) {
        List<Finding> weighed =
                findings.stream().map(f -> f.acceptedBy(request.consents())).toList();
        if (weighed.stream().anyMatch(Finding::stops)) {
            return new PlanResult.Refused(weighed);
        }
        List<Phase> made = phases.get();
        MigrationPlan plan = new MigrationPlan(
                MigrationPlan.FORMAT,
                strategy,
                Target.of(request.snapshot()),
                PlanOptions.of(options),
                request.consents().stream()
                        .filter(c -> weighed.stream()
                                .anyMatch(f -> f.accepted().filter(c::equals).isPresent()))
                        .toList(),
                made.stream().map(Phase::id).filter(holds::contains).toList(),
                mayRemain,
                made,
                second);
        return new PlanResult.Planned(plan, weighed);
    }

    /** Id of the first step of these phases that cannot be taken back; empty where each can be. */
    public static Optional<String> pointOfNoReturn(List<Phase> phases) {
        return phases.stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(Step::pointOfNoReturn)
                .map(Step::id)
                .findFirst();
    }
}
