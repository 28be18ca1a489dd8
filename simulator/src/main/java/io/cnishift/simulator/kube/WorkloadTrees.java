package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Workload;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Workloads and budgets as trees. */
final class WorkloadTrees {

    private WorkloadTrees() {}

    static Map<String, Object> workload(Workload workload, Instant created) {
        boolean batch = workload.kind().endsWith("Job");
        Map<String, Object> tree = MetaTrees.object(
                batch ? "batch/v1" : "apps/v1",
                workload.kind(),
                new Identity(
                        workload.namespace(), workload.name(), workload.uid(), workload.resourceVersion(), created),
                workload.labels());
        tree = Trees.with(tree, workload.generation(), "metadata", "generation");
        tree = Trees.with(tree, spec(workload, template(workload)), "spec");
        tree = Trees.with(tree, status(workload), "status");
        return OwnerTrees.owned(tree, workload.owner(), workload.eksFields(), workload.heldFields());
    }

    /** The pod template of a workload. */
    static Map<String, Object> template(Workload workload) {
        return Trees.of(
                "metadata",
                Trees.of(
                        "labels", workload.templateLabels(),
                        "annotations",
                                MetaTrees.filled(
                                        workload.templateAnnotations(),
                                        workload.templateAnnotations().isEmpty())),
                "spec",
                Trees.canonical(workload.podSpec()));
    }

    private static Map<String, Object> spec(Workload w, Map<String, Object> template) {
        Map<String, Object> selector = Trees.canonical(w.selector());
        return switch (w.kind()) {
            case "Deployment" ->
                Trees.of(
                        "replicas",
                        w.desired(),
                        "selector",
                        selector,
                        "template",
                        template,
                        "strategy",
                        strategy(w),
                        "paused",
                        w.paused() ? true : null);
            case "StatefulSet" ->
                Trees.of(
                        "replicas", w.desired(),
                        "selector", selector,
                        "template", template,
                        "serviceName", w.name(),
                        "updateStrategy", strategy(w),
                        "volumeClaimTemplates", claimTemplates(w),
                        "persistentVolumeClaimRetentionPolicy",
                                w.scalingDropsClaims()
                                        ? Trees.of("whenScaled", "Delete", "whenDeleted", "Retain")
                                        : null);
            case "DaemonSet" -> Trees.of("selector", selector, "template", template, "updateStrategy", strategy(w));
            case "Job" ->
                Trees.of(
                        "parallelism", w.desired() == 0 ? 1 : w.desired(),
                        "completions", w.desired() == 0 ? 1 : w.desired(),
                        "suspend", w.paused() ? true : null,
                        "selector", selector,
                        "template", template);
            case "CronJob" ->
                Trees.of(
                        "suspend", w.paused(),
                        "selector", MetaTrees.filled(selector, selector.isEmpty()),
                        "jobTemplate", Trees.of("spec", Trees.of("template", template)));
            default -> Trees.of("replicas", w.desired(), "selector", selector, "template", template);
        };
    }

    private static Map<String, Object> strategy(Workload w) {
        Map<String, Object> rolling = Trees.of(
                "maxSurge", w.maxSurge().map(MetaTrees::intOrString).orElse(null),
                "maxUnavailable", w.maxUnavailable().map(MetaTrees::intOrString).orElse(null));
        return Trees.of("type", w.updateStrategy(), "rollingUpdate", MetaTrees.filled(rolling, rolling.isEmpty()));
    }

    private static List<Map<String, Object>> claimTemplates(Workload w) {
        return w.claimTemplates().stream()
                .map(name -> Trees.of(
                        "metadata", Trees.of("name", name), "spec", Trees.of("accessModes", List.of("ReadWriteOnce"))))
                .toList();
    }

    private static Map<String, Object> status(Workload w) {
        return switch (w.kind()) {
            case "DaemonSet" ->
                Trees.of(
                        "observedGeneration", w.observedGeneration(),
                        "desiredNumberScheduled", w.desired(),
                        "currentNumberScheduled", w.updated(),
                        "numberReady", w.ready(),
                        "updatedNumberScheduled", w.updated(),
                        "numberAvailable", w.available());
            case "Job" ->
                w.desired() == 0
                        ? Trees.of("conditions", List.of(Trees.of("type", "Complete", "status", "True")))
                        : Trees.of("active", w.updated(), "ready", w.ready());
            case "CronJob" -> Map.of();
            default ->
                Trees.of(
                        "observedGeneration", w.observedGeneration(),
                        "replicas", w.updated(),
                        "readyReplicas", w.ready(),
                        "updatedReplicas", w.updated(),
                        "availableReplicas", w.available());
        };
    }

    static Map<String, Object> budget(Budget budget, Instant created) {
        Map<String, Object> tree = MetaTrees.object(
                "policy/v1",
                "PodDisruptionBudget",
                new Identity(budget.namespace(), budget.name(), budget.uid(), "", created),
                Map.of());
        tree = Trees.with(
                tree,
                Trees.of(
                        "selector", Trees.canonical(budget.selector()),
                        "minAvailable",
                                budget.minAvailable()
                                        .map(MetaTrees::intOrString)
                                        .orElse(null),
                        "maxUnavailable",
                                budget.maxUnavailable()
                                        .map(MetaTrees::intOrString)
                                        .orElse(null),
                        "unhealthyPodEvictionPolicy", budget.alwaysAllowUnhealthy() ? "AlwaysAllow" : null),
                "spec");
        tree = Trees.with(tree, 1, "metadata", "generation");
        return Trees.with(
                tree,
                Trees.of(
                        "observedGeneration", 1,
                        "disruptionsAllowed", budget.disruptionsAllowed(),
                        "currentHealthy", budget.currentHealthy(),
                        "desiredHealthy", budget.desiredHealthy(),
                        "expectedPods", budget.expectedPods()),
                "status");
    }
}
