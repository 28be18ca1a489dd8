package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Applications and ApplicationSets of Argo CD as trees. */
final class ApplicationTrees {

    private static final String[] SKIP = {"metadata", "annotations", "argocd.argoproj.io/skip-reconcile"};

    private ApplicationTrees() {}

    static Map<String, Object> application(Application application, Instant created) {
        Map<String, Object> tree = MetaTrees.object(
                "argoproj.io/v1alpha1",
                application.objectKind(),
                new Identity(application.namespace(), application.name(), "", "", created),
                Map.of());
        tree = owned(tree, application.owner());
        if (!application.syncPolicy().isEmpty()) {
            tree = Trees.with(tree, Trees.canonical(application.syncPolicy()), "spec", "syncPolicy");
        }
        tree = application.skipped() ? Trees.with(tree, "true", SKIP) : tree;
        return Trees.with(left(tree, application), status(application), "status");
    }

    private static Map<String, Object> owned(Map<String, Object> tree, Owner owner) {
        int slash = owner.name().indexOf('/');
        boolean set = owner.kind() == Owner.Kind.OPERATOR && slash > 0;
        return set
                ? Trees.with(
                        tree,
                        List.of(Trees.of(
                                "apiVersion",
                                "argoproj.io/v1alpha1",
                                "kind",
                                owner.name().substring(0, slash),
                                "name",
                                owner.name().substring(slash + 1),
                                "controller",
                                true)),
                        "metadata",
                        "ownerReferences")
                : OwnerTrees.owned(tree, owner, List.of());
    }

    /** What it lets others say, but for what its sync policy says of that by itself. */
    private static Map<String, Object> left(Map<String, Object> tree, Application application) {
        boolean set = application.objectKind().equals(Application.SET);
        boolean said = set
                ? Tree.text(application.syncPolicy(), "applicationsSync").isPresent()
                : !application.syncPolicy().containsKey("automated");
        if (said || application.leaves().isEmpty()) {
            return tree;
        }
        List<Map<String, Object>> rules = new ArrayList<>();
        for (String name : application.leaves()) {
            rules.add(Trees.of(
                    "group", set ? null : "argoproj.io",
                    "kind", set ? null : "Application",
                    "name", name.equals(Application.ALL) ? null : name,
                    "jsonPointers", List.of("/spec/syncPolicy/automated")));
        }
        return Trees.with(tree, rules, "spec", set ? "ignoreApplicationDifferences" : "ignoreDifferences");
    }

    private static Map<String, Object> status(Application application) {
        List<Map<String, Object>> resources = application.outOfSync().stream()
                .map(key -> key.split("/", -1))
                .map(key -> Trees.of(
                        "kind",
                        key[0],
                        "namespace",
                        key.length > 2 ? key[1] : null,
                        "name",
                        key[key.length - 1],
                        "status",
                        "OutOfSync"))
                .toList();
        return Trees.of(
                "resources",
                resources,
                "operationState",
                application.underWay() ? Trees.of("phase", "Running") : null,
                "reconciledAt",
                application.comparedAt().map(Instant::toString).orElse(null));
    }
}
