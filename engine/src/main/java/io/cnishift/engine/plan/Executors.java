package io.cnishift.engine.plan;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.plan.Target;
import io.cnishift.api.step.LabelNodes;
import io.cnishift.api.step.ParkAutoscaling;
import io.cnishift.api.step.PauseApplications;
import io.cnishift.api.step.RestartWorkloads;
import io.cnishift.api.step.RestoreApplications;
import io.cnishift.api.step.RestoreAutoscaling;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.RunProbes;
import io.cnishift.engine.codec.Suggestion;
import io.cnishift.engine.owner.Owners;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decides who makes the change of each step. The user's word counts first, the narrowest of them: for a step, for a kind, for a
 * phase, for all. Without one a strategy's wish counts, and then an owner that would undo what others change: it is left to it.
 *
 * <p>Steps that move and watch (nodes, probes, parking) state nothing that an owner could write down; they stay with cnishift. So do
 * those that change a second cluster alone: what they make or copy there has no other source.
 */
final class Executors {

    private static final Set<Class<? extends Record>> WITHOUT_A_SOURCE = Set.of(
            RunProbes.class,
            LabelNodes.class,
            ParkAutoscaling.class,
            RestoreAutoscaling.class,
            PauseApplications.class,
            RestoreApplications.class,
            RollNodes.class,
            RestartWorkloads.class);

    private final Map<String, Executor> words;
    private final View view;
    private final ArgoCd argocd;

    Executors(OwnerOptions options, View view) {
        this.words = options.executor();
        this.argocd = options.argocd();
        this.view = Objects.requireNonNull(view);
    }

    private static boolean fixed(Step step) {
        return WITHOUT_A_SOURCE.contains(step.params().getClass()) || onlySecond(step);
    }

    /** Whether nothing of the cluster whose owners are known is touched. */
    private static boolean onlySecond(Step step) {
        return step.touches().equals(List.of(StepDraft.SECOND));
    }

    /** The phases with the executor of each step. */
    List<Phase> assign(List<Phase> phases) {
        return phases.stream()
                .map(phase -> new Phase(
                        phase.id(),
                        phase.steps().stream()
                                .map(step -> step.by(executor(phase.id(), step)))
                                .toList()))
                .toList();
    }

    private Executor executor(String phase, Step step) {
        if (fixed(step)) {
            return Executor.CNISHIFT;
        }
        return word(phase, step)
                .orElseGet(() ->
                        held(step).isPresent() ? Executor.OWNER : paused(step) ? Executor.CNISHIFT : step.executor());
    }

    private Optional<Executor> word(String phase, Step step) {
        return Optional.ofNullable(words.get(step.id()))
                .or(() -> Optional.ofNullable(words.get(step.kind())))
                .or(() -> Optional.ofNullable(words.get(phase)))
                .or(() -> Optional.ofNullable(words.get(OwnerOptions.ALL)));
    }

    /** The first owner of what a step touches that would take the change back; Argo CD does not while it is paused. */
    private Optional<Owner> held(Step step) {
        return owners(step)
                .filter(Owner::insists)
                .filter(owner -> argocd == ArgoCd.LEAVE || owner.kind() != Owner.Kind.ARGO_CD)
                .findFirst();
    }

    /** Whether a step was left to Argo CD, which is paused, and to nobody else. */
    private boolean paused(Step step) {
        return argocd == ArgoCd.PAUSE && owners(step).anyMatch(owner -> owner.kind() == Owner.Kind.ARGO_CD);
    }

    private Stream<Owner> owners(Step step) {
        return step.touches().stream().map(touched -> Owners.of(view, touched));
    }

    /** A phase that begins there is about the second cluster, whatever else is in it: what is its owner's has a name of its own. */
    private static boolean onlySecond(Phase phase) {
        return phase.steps().stream().findFirst().filter(Executors::onlySecond).isPresent();
    }

    /** Names for what makes the second cluster, which comes before all else there; none where it exists. */
    private static Set<String> making(MigrationPlan plan) {
        Set<String> names = new LinkedHashSet<>();
        plan.phases().stream()
                .filter(phase -> plan.second().filter(Target::made).isPresent() && onlySecond(phase))
                .findFirst()
                .ifPresent(phase -> {
                    names.add(phase.id());
                    phase.steps().stream().filter(Executors::onlySecond).forEach(step -> {
                        names.add(step.kind());
                        names.add(step.id());
                    });
                });
        return names;
    }

    /**
     * What is wrong with the words for this plan, and what they cost.
     *
     * @param secondOption of the strategy, where it moves to a second cluster: it says where one is that its owner made
     */
    List<Finding> findings(MigrationPlan plan, Optional<String> secondOption) {
        List<Finding> findings = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(Set.of(OwnerOptions.ALL));
        Set<String> fixed = new LinkedHashSet<>();
        Set<String> making = making(plan);
        plan.phases().forEach(phase -> {
            names.add(phase.id());
            if (onlySecond(phase)) {
                fixed.add(phase.id());
            }
            phase.steps().forEach(step -> {
                names.add(step.kind());
                names.add(step.id());
                if (fixed(step)) {
                    fixed.add(step.kind());
                    fixed.add(step.id());
                }
            });
        });
        new TreeMap<>(words).forEach((name, executor) -> {
            if (!names.contains(name)) {
                findings.add(invalid(
                        name,
                        "the plan has no phase, kind or step '" + name + "'",
                        Suggestion.nearest(name, names)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("name one that 'cnishift plan' shows")));
            } else if (executor == Executor.OWNER && fixed.contains(name)) {
                findings.add(invalid(
                        name,
                        name
                                + " moves or watches, or changes only a second cluster, and states nothing that an owner could write down",
                        secondOption
                                .filter(option -> making.contains(name))
                                .map(option -> "have its owner make the second cluster and name that with " + option
                                        + "=eks:NAME, or leave it to cnishift")
                                .orElse("leave it to cnishift")));
            }
        });
        assign(plan.phases()).stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(step -> step.executor() == Executor.CNISHIFT && !fixed(step))
                .forEach(step -> held(step)
                        .ifPresent(owner -> findings.add(Finding.of(
                                "PLAN-OWNER-REVERTS",
                                Severity.WARNING,
                                "step " + step.id(),
                                owner + " holds what it changes and will take it back",
                                "suspend that owner meanwhile, or leave out executor=cnishift",
                                "cnishift explain PLAN-OWNER-REVERTS"))));
        return findings;
    }

    private static Finding invalid(String name, String message, String remedy) {
        return Finding.of(
                "OPT-INVALID",
                Severity.BLOCKER,
                "option " + OwnerOptions.EXECUTOR + "." + name,
                message,
                remedy,
                "cnishift strategies");
    }
}
