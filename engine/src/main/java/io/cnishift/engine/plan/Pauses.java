package io.cnishift.engine.plan;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.step.AwaitSources;
import io.cnishift.api.step.LabelNodes;
import io.cnishift.api.step.PauseApplications;
import io.cnishift.api.step.RestartWorkloads;
import io.cnishift.api.step.RestoreApplications;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.RunProbes;
import io.cnishift.engine.owner.Owners;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Puts into a plan the steps that pause the Applications of Argo CD whose objects it changes, and no other ones:
 *
 * <ol>
 *   <li>before the first step that touches such an object, their automated sync is taken away;
 *   <li>at the end, their owners bring the changes into the sources;
 *   <li>then they get their recorded policy back.
 * </ol>
 *
 * Pure. Where a pause would not last, or Argo CD is in another cluster, a finding says so.
 */
final class Pauses {

    private static final String PAUSE = "pause-argocd";
    private static final String SOURCES = "sources";
    private static final String RESUME = "resume-sync";

    /** What these change no source states, so Argo CD lets it be. */
    private static final Set<Class<? extends Record>> UNSTATED =
            Set.of(RunProbes.class, LabelNodes.class, RollNodes.class, RestartWorkloads.class);

    private static final Map<String, String> KINDS = Map.of(
            Part.SERVICES.toString(), "Service",
            Part.INGRESSES.toString(), "Ingress",
            Part.NODE_POOLS.toString(), "NodePool",
            Part.NODE_GROUPS.toString(), "NodePool",
            Part.NODE_CLASSES.toString(), "EC2NodeClass");

    private final View view;
    private final LastingPauses lasting;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> objects = new TreeSet<>();
    private final List<String> steps = new ArrayList<>();

    /** The pauses for a plan on that cluster. */
    Pauses(MigrationPlan plan, View view, List<Unknown> unknown) {
        this.view = view;
        this.lasting = new LastingPauses(view, unknown);
        plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(step -> !UNSTATED.contains(step.params().getClass()))
                .forEach(this::look);
    }

    private void look(Step step) {
        step.touches().forEach(touched -> {
            Owner owner = Owners.of(view, touched);
            if (owner.kind() == Owner.Kind.ARGO_CD) {
                names.add(owner.name());
                objects.add(object(touched));
                if (!steps.contains(step.id())) {
                    steps.add(step.id());
                }
            }
        });
    }

    /** An object as Argo CD lists it, from {@code PART/KEY}; keys of workloads are so already. */
    private static String object(String touched) {
        int slash = touched.indexOf('/');
        String part = touched.substring(0, slash);
        String key = touched.substring(slash + 1);
        if (part.equals(Part.WORKLOADS.toString())) {
            return key;
        }
        String kind = KINDS.get(part);
        return kind == null ? touched : kind + "/" + key;
    }

    /** The same plan with its pauses. */
    MigrationPlan into(MigrationPlan plan) {
        List<String> keys = applications().map(Application::key).sorted().toList();
        if (keys.isEmpty()) {
            return plan;
        }
        List<Phase> phases = new ArrayList<>();
        plan.phases().forEach(phase -> phases.add(new Phase(phase.id(), paused(phase, keys))));
        phases.add(new Phase(SOURCES, List.of(await(keys))));
        phases.add(new Phase(RESUME, List.of(restore(keys))));
        return new MigrationPlan(
                plan.format(),
                plan.strategy(),
                plan.cluster(),
                plan.options(),
                plan.accepted(),
                plan.holds(),
                plan.mayRemain(),
                phases,
                plan.second());
    }

    private List<Step> paused(Phase phase, List<String> keys) {
        List<Step> with = new ArrayList<>();
        phase.steps().forEach(step -> {
            if (step.id().equals(steps.get(0))) {
                with.add(pause(keys));
            }
            with.add(step);
        });
        return with;
    }

    private static Step pause(List<String> keys) {
        return StepDraft.of(
                PAUSE,
                new PauseApplications(keys),
                "Argo CD would take the changes of the next steps back within seconds",
                touches(keys),
                "the Applications get their recorded sync policy back");
    }

    private Step await(List<String> keys) {
        return StepDraft.of(
                        "follow-in-sources",
                        new AwaitSources(PAUSE, keys, List.copyOf(objects), steps),
                        "an Application that syncs before its source says what was changed takes it back",
                        List.of(),
                        "the sources say again what stood there before")
                .by(Executor.OWNER);
    }

    private static Step restore(List<String> keys) {
        return StepDraft.of(
                "resume-argocd",
                new RestoreApplications(PAUSE, keys),
                "commits reach the cluster again",
                touches(keys),
                "the Applications are paused again");
    }

    private static List<String> touches(List<String> keys) {
        return keys.stream().map(key -> Part.APPLICATIONS + "/" + key).toList();
    }

    /** Why a pause cannot be relied on. */
    List<Finding> findings() {
        return lasting.findings(names);
    }

    private Stream<Application> applications() {
        return names.stream().flatMap(name -> lasting.named(name).stream());
    }
}
