package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** From an Application or ApplicationSet of Argo CD as a JSON tree to its record. Pure and total. */
final class ApplicationProjection {

    private static final String SKIP = "argocd.argoproj.io/skip-reconcile";
    private static final String RESPECTS = "RespectIgnoreDifferences=true";
    private static final Set<String> NO_UPDATES = Set.of("create-only", "create-delete");
    private static final Set<String> POLICY =
            Set.of("/spec/syncPolicy", "/spec/syncPolicy/automated", ".spec.syncPolicy", ".spec.syncPolicy.automated");

    private ApplicationProjection() {}

    static Application application(Map<String, ?> tree) {
        String kind = Tree.text(tree, "kind").orElse("Application");
        Map<String, Object> policy = Tree.map(tree, "spec", "syncPolicy");
        return new Application(
                kind,
                Meta.namespace(tree),
                Meta.name(tree),
                policy,
                OwnerMarks.owner(tree),
                kind.equals(Application.SET) ? leftBySet(tree) : leftByParent(tree, policy),
                Tree.strings(tree, "metadata", "annotations")
                        .getOrDefault(SKIP, "")
                        .equals("true"),
                Tree.at(tree, "operation").isPresent() || runs(tree),
                outOfSync(tree),
                Tree.time(tree, "status", "reconciledAt"));
    }

    private static boolean runs(Map<String, ?> tree) {
        return Tree.text(tree, "status", "operationState", "phase")
                .filter(phase -> phase.equals("Running") || phase.equals("Terminating"))
                .isPresent();
    }

    private static List<String> leftBySet(Map<String, ?> tree) {
        boolean updates = Tree.text(tree, "spec", "syncPolicy", "applicationsSync")
                .filter(NO_UPDATES::contains)
                .isEmpty();
        return updates
                ? ignored(Tree.maps(tree, "spec", "ignoreApplicationDifferences").stream())
                : List.of(Application.ALL);
    }

    /** One that is not synced by itself puts nothing back; one that is does, unless it ignores the field when it syncs too. */
    private static List<String> leftByParent(Map<String, ?> tree, Map<String, Object> policy) {
        if (!policy.containsKey("automated")) {
            return List.of(Application.ALL);
        }
        return Tree.texts(policy, "syncOptions").contains(RESPECTS)
                ? ignored(Tree.maps(tree, "spec", "ignoreDifferences").stream()
                        .filter(rule -> meant(rule, "group", "argoproj.io") && meant(rule, "kind", "Application")))
                : List.of();
    }

    private static boolean meant(Map<String, Object> rule, String field, String value) {
        return Tree.text(rule, field)
                .filter(text -> text.equals(value) || text.equals(Application.ALL))
                .isPresent();
    }

    private static List<String> ignored(Stream<Map<String, Object>> rules) {
        return rules.filter(rule -> Stream.of("jsonPointers", "jqPathExpressions")
                        .flatMap(list -> Tree.texts(rule, list).stream())
                        .anyMatch(POLICY::contains))
                .map(rule -> Tree.text(rule, "name").filter(n -> !n.isEmpty()).orElse(Application.ALL))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> outOfSync(Map<String, ?> tree) {
        return Tree.maps(tree, "status", "resources").stream()
                .filter(object ->
                        Tree.text(object, "status").filter("OutOfSync"::equals).isPresent())
                .map(ApplicationProjection::key)
                .sorted()
                .toList();
    }

    private static String key(Map<String, Object> object) {
        String namespace = Tree.text(object, "namespace").map(n -> n + "/").orElse("");
        return Tree.text(object, "kind").orElse("") + "/" + namespace
                + Tree.text(object, "name").orElse("");
    }
}
