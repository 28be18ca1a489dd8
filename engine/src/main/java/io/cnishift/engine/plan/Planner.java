package io.cnishift.engine.plan;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.SecondCluster;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.codec.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks strategies for assessments and plans.
 *
 * <ol>
 *   <li>Options are decoded; a bad one is a finding and nothing else is asked.
 *   <li>The strategy plans; what it answers is weighed: an uncured blocker or an unaccepted consent refuses the plan.
 *   <li>The facts of every step are derived from its kind, and the default hold is set before the first point of no
 *       return.
 * </ol>
 *
 * Pure: the same snapshot and wishes give the same plan, byte for byte.
 */
public final class Planner {

    private static final int TRIES = 3;

    private final OptionForm options;
    private final StepFacts facts;

    public Planner(OptionForm options, StepFacts facts) {
        this.options = options;
        this.facts = facts;
    }

    /** What the strategy would give on that cluster; with bad options, nothing but their findings. */
    public Decoded<Assessment> assess(LoadedStrategy loaded, ClusterSnapshot snapshot, Wishes wishes) {
        return request(loaded, snapshot, wishes).map(loaded.strategy()::assess);
    }

    /** The plan, or why there is none. */
    public PlanResult plan(LoadedStrategy loaded, ClusterSnapshot snapshot, Wishes wishes) {
        Decoded<Request> request = request(loaded, snapshot, wishes);
        return request.fold(
                good -> weigh(loaded, good, wishes), problems -> new PlanResult.Refused(findings(loaded, problems)));
    }

    /** The plan with every consent that it asks for taken as given, for a rehearsal. */
    public PlanResult consenting(LoadedStrategy loaded, ClusterSnapshot snapshot, Wishes wishes) {
        return consenting(loaded, snapshot, wishes, TRIES);
    }

    /** Plans again with every consent that the last answer asked for; one consent may bring up another. */
    private PlanResult consenting(LoadedStrategy loaded, ClusterSnapshot snapshot, Wishes wishes, int tries) {
        PlanResult result = plan(loaded, snapshot, wishes);
        List<Consent> asked = result.fold(planned -> List.<Finding>of(), PlanResult.Refused::findings).stream()
                .filter(f -> f.severity() == Severity.CONSENT && f.stops())
                .map(Planner::consent)
                .toList();
        if (asked.isEmpty() || tries == 0) {
            return result;
        }
        Intent intent = wishes.intent();
        List<Consent> all = new ArrayList<>(intent.accepted());
        all.addAll(asked);
        Wishes consenting = wishes.with(new Intent(intent.goal(), intent.constraints(), all));
        return consenting(loaded, snapshot, consenting, tries - 1);
    }

    private static Consent consent(Finding finding) {
        return new Consent(
                finding.code(),
                Optional.of(finding.subject()),
                Optional.empty(),
                Optional.empty(),
                Optional.of("assumed for the rehearsal"));
    }

    /** What is wrong with the options given to a strategy, whatever the cluster is. */
    public List<Finding> wrongOptions(LoadedStrategy loaded, Wishes wishes) {
        return decoded(loaded, wishes).fold(good -> List.of(), problems -> findings(loaded, problems));
    }

    /** Bad options as findings. */
    public static List<Finding> findings(LoadedStrategy loaded, List<Problem> problems) {
        return problems.stream()
                .map(p -> Finding.of(
                        "OPT-INVALID",
                        Severity.BLOCKER,
                        "option " + (p.path().isEmpty() ? "" : p.path() + " ") + "of " + loaded.id(),
                        p.message(),
                        p.remedy(),
                        "cnishift strategies"))
                .toList();
    }

    private Decoded<Request> request(LoadedStrategy loaded, ClusterSnapshot snapshot, Wishes wishes) {
        return decoded(loaded, wishes).map(decoded -> PlanRequest.of(loaded.id(), snapshot, wishes, decoded));
    }

    private Decoded<? extends Record> decoded(LoadedStrategy loaded, Wishes wishes) {
        Decoded<OwnerOptions> common = common(loaded.id(), wishes);
        if (common.value().isEmpty()) {
            return common;
        }
        return options.decode(
                loaded.strategy().descriptor().options(),
                split(loaded.id(), wishes).own(),
                "options of " + loaded.id());
    }

    private Decoded<OwnerOptions> common(String strategy, Wishes wishes) {
        return options.decode(OwnerOptions.class, split(strategy, wishes).common(), "options of " + strategy);
    }

    private static OwnerOptions.Split split(String strategy, Wishes wishes) {
        return OwnerOptions.Split.of(wishes.options().getOrDefault(strategy, Map.of()));
    }

    private PlanResult weigh(LoadedStrategy loaded, Request request, Wishes wishes) {
        return loaded.strategy()
                .plan(request)
                .fold(
                        planned -> {
                            OwnerOptions common = common(planned.plan().strategy(), wishes)
                                    .value()
                                    .orElseThrow();
                            Executors executors = new Executors(common, request.view());
                            List<Finding> found = new ArrayList<>(planned.findings());
                            MigrationPlan plan = planned.plan();
                            if (common.argocd() == ArgoCd.PAUSE) {
                                Pauses pauses = new Pauses(
                                        plan, request.view(), request.snapshot().unknown());
                                found.addAll(pauses.findings());
                                plan = pauses.into(plan);
                            }
                            found.addAll(executors.findings(
                                    plan,
                                    loaded.strategy() instanceof SecondCluster moves
                                            ? Optional.of(moves.secondOption())
                                            : Optional.empty()));
                            found.addAll(DeadCalls.findings(request.snapshot().unknown(), request.view()));
                            List<Finding> findings = accepted(found, request);
                            return findings.stream().anyMatch(Finding::stops)
                                    ? new PlanResult.Refused(findings)
                                    : new PlanResult.Planned(
                                            complete(plan, executors, request.view(), wishes), findings);
                        },
                        refused -> new PlanResult.Refused(refused.findings()));
    }

    private static List<Finding> accepted(List<Finding> findings, Request request) {
        return findings.stream().map(f -> f.acceptedBy(request.consents())).toList();
    }

    private MigrationPlan complete(MigrationPlan plan, Executors executors, View view, Wishes wishes) {
        PhaseIds.require(plan, wishes.holds());
        Set<String> holds = new LinkedHashSet<>(plan.holds());
        holds.addAll(wishes.holds());
        if (wishes.holdByDefault()) {
            pointOfNoReturn(plan).ifPresent(holds::add);
        }
        return new MigrationPlan(
                plan.format(),
                plan.strategy(),
                plan.cluster(),
                stated(plan, wishes),
                plan.accepted(),
                List.copyOf(holds),
                plan.mayRemain(),
                facts.derive(executors.assign(plan.phases()), view),
                plan.second());
    }

    /** The options as the strategy states them, and those that all strategies have. */
    private static Map<String, Object> stated(MigrationPlan plan, Wishes wishes) {
        Map<String, Object> stated = new LinkedHashMap<>(plan.options());
        stated.putAll(split(plan.strategy(), wishes).common());
        return stated;
    }

    private static Optional<String> pointOfNoReturn(MigrationPlan plan) {
        return plan.phases().stream()
                .filter(phase -> phase.steps().stream().anyMatch(MigrationPlan.Step::pointOfNoReturn))
                .map(MigrationPlan.Phase::id)
                .findFirst();
    }
}
