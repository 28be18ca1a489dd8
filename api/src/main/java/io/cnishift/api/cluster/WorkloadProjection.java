package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Workloads and the budgets over their pods. */
final class WorkloadProjection {
    private static final Set<String> KINDS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob");
    private static final Set<String> ROLLING = Set.of("Deployment", "StatefulSet", "DaemonSet");

    private WorkloadProjection() {}

    /** The spec of a template, which stays as it is while the numbers of its pods change. */
    private record Pruned(Map<String, Object> spec) {
        private static Pruned of(Map<String, Object> spec) {
            return new Pruned(Tree.copy(PodSpecs.pruned(spec, false)));
        }
    }

    private record Counts(long desired, long ready, long updated, long available) {}

    static boolean isWorkload(Map<String, ?> tree) {
        Optional<Pod.OwnerRef> controller = PodProjection.controller(tree);
        boolean owned =
                controller.isPresent() && KINDS.contains(controller.get().kind());
        return !owned && KINDS.contains(Tree.text(tree, "kind").orElse(""));
    }

    static Workload workload(Map<String, ?> tree) {
        String kind = Tree.text(tree, "kind").orElse("");
        Map<String, Object> template = kind.equals("CronJob")
                ? Tree.map(tree, "spec", "jobTemplate", "spec", "template")
                : Tree.map(tree, "spec", "template");
        boolean awsNode = kind.equals("DaemonSet") && Meta.name(tree).equals("aws-node");
        String strategy = kind.equals("Deployment") ? "strategy" : "updateStrategy";
        long generation = Tree.number(tree, 0, "metadata", "generation");
        Counts counts = counts(kind, tree);
        return new Workload(
                kind,
                Meta.namespace(tree),
                Meta.name(tree),
                Meta.uid(tree),
                Meta.version(tree),
                generation,
                Tree.number(tree, kind.endsWith("Job") ? generation : 0, "status", "observedGeneration"),
                (int) counts.desired(),
                (int) counts.ready(),
                (int) counts.updated(),
                (int) counts.available(),
                updateStrategy(kind, tree, strategy),
                Tree.text(tree, "spec", strategy, "rollingUpdate", "maxSurge"),
                Tree.text(tree, "spec", strategy, "rollingUpdate", "maxUnavailable"),
                Tree.flag(tree, "spec", kind.endsWith("Job") ? "suspend" : "paused"),
                Tree.map(tree, "spec", "selector"),
                Meta.labels(tree),
                texts(template, "labels"),
                texts(template, "annotations"),
                awsNode
                        ? PodSpecs.pruned(Tree.map(template, "spec"), true)
                        : Tree.known(Tree.map(template, "spec"), Pruned.class, Pruned::of)
                                .spec(),
                claimTemplates(tree),
                Tree.text(tree, "spec", "persistentVolumeClaimRetentionPolicy", "whenScaled")
                        .filter("Delete"::equals)
                        .isPresent(),
                ManagedPaths.of(tree, ManagedPaths.EKS),
                ManagedPaths.held(tree),
                OwnerMarks.owner(tree));
    }

    private static Map<String, String> texts(Map<String, Object> template, String field) {
        return Tree.known(Tree.map(template, "metadata", field), Texts.class, Texts::of)
                .all();
    }

    /** Labels or annotations of a template, which stay as it does. */
    private record Texts(Map<String, String> all) {
        private static Texts of(Map<String, Object> tree) {
            return new Texts(Map.copyOf(Tree.strings(tree)));
        }
    }

    private static Counts counts(String kind, Map<String, ?> tree) {
        return switch (kind) {
            case "DaemonSet" ->
                new Counts(
                        status(tree, "desiredNumberScheduled"),
                        status(tree, "numberReady"),
                        status(tree, "updatedNumberScheduled"),
                        status(tree, "numberAvailable"));
            case "Job" -> {
                boolean over = Conditions.holds(tree, "Complete") || Conditions.holds(tree, "Failed");
                long wanted = over ? 0 : Tree.number(tree, 1, "spec", "parallelism");
                long ready = status(tree, "ready");
                yield new Counts(wanted, ready, status(tree, "active"), ready);
            }
            case "CronJob" -> new Counts(0, 0, 0, 0);
            case "ReplicaSet" ->
                new Counts(
                        Tree.number(tree, 1, "spec", "replicas"),
                        status(tree, "readyReplicas"),
                        status(tree, "replicas"),
                        status(tree, "availableReplicas"));
            default ->
                new Counts(
                        Tree.number(tree, 1, "spec", "replicas"),
                        status(tree, "readyReplicas"),
                        status(tree, "updatedReplicas"),
                        status(tree, "availableReplicas"));
        };
    }

    private static long status(Map<String, ?> tree, String field) {
        return Tree.number(tree, 0, "status", field);
    }

    /** What has no update strategy changes its pods only when somebody deletes them. */
    private static String updateStrategy(String kind, Map<String, ?> tree, String field) {
        boolean rolls = ROLLING.contains(kind);
        return Tree.text(tree, "spec", field, "type").orElse(rolls ? "RollingUpdate" : "OnDelete");
    }

    private static List<String> claimTemplates(Map<String, ?> tree) {
        List<Map<String, Object>> templates = Tree.maps(tree, "spec", "volumeClaimTemplates");
        return templates.isEmpty()
                ? List.of()
                : templates.stream().map(Meta::name).toList();
    }

    static Budget budget(Map<String, ?> tree) {
        return new Budget(
                Meta.namespace(tree),
                Meta.name(tree),
                Meta.uid(tree),
                Tree.map(tree, "spec", "selector"),
                bound(tree, "minAvailable"),
                bound(tree, "maxUnavailable"),
                (int) status(tree, "disruptionsAllowed"),
                (int) status(tree, "currentHealthy"),
                (int) status(tree, "desiredHealthy"),
                (int) status(tree, "expectedPods"),
                Tree.text(tree, "spec", "unhealthyPodEvictionPolicy")
                        .filter("AlwaysAllow"::equals)
                        .isPresent());
    }

    private static Optional<String> bound(Map<String, ?> tree, String field) {
        return Tree.text(tree, "spec", field);
    }
}
