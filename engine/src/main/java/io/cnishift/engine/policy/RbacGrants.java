package io.cnishift.engine.policy;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.fact.ActSubject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** RBAC rules, gathered act by act; written as a ClusterRole and a Role for each namespace, with bindings. */
final class RbacGrants {

    private static final String NAME = "cnishift";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String EVERYWHERE = "";
    private static final List<String> READ = List.of("get", "list", "watch");

    /** What a chart of a CNI consists of, beside roles. */
    private static final List<String> IN_CHART = List.of(
            "serviceaccounts",
            "configmaps",
            "secrets",
            "services",
            "daemonsets.apps",
            "deployments.apps",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io");

    private static final List<String> CLUSTER_WIDE_IN_CHART =
            List.of("clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io");

    private static final List<String> HELM = List.of("create", "delete", "get", "list", "patch", "update");

    /** Where the lock, the copy of the journal and the pods that ask the network are. */
    private static final String OWN_NAMESPACE = "kube-system";

    private final Map<String, Map<Rule, Set<String>>> byNamespace = new TreeMap<>();
    private boolean releases;

    /** Resources, {@code RESOURCE.GROUP}, and one name; without a name, all of them. */
    private record Rule(String resource, Optional<String> name) implements Comparable<Rule> {
        @Override
        public int compareTo(Rule other) {
            return (resource + " " + name.orElse("")).compareTo(other.resource + " " + other.name.orElse(""));
        }
    }

    /** What an act on the Kubernetes API needs. */
    void grant(Act act, View before) {
        Optional<ObjectRef> object = object(act);
        for (String operation : act.operations()) {
            String[] words = operation.substring("k8s:".length()).split(" ", 2);
            List<String> verbs = List.of(words[0].split(",", -1));
            if (object.isEmpty()) {
                add(EVERYWHERE, words[1], Optional.empty(), verbs);
                continue;
            }
            String namespace = object.get().namespace().orElse(EVERYWHERE);
            Optional<String> name = Optional.of(object.get().name()).filter(n -> lasting(act, before));
            // a thing that is to be made has no name yet for the API to compare
            verbs.forEach(
                    verb -> add(namespace, words[1], verb.equals("create") ? Optional.empty() : name, List.of(verb)));
            add(namespace, words[1], name, List.of("get"));
        }
    }

    /** Whether the thing has that name in every run: it was there before, or it is not named by the migration. */
    private static boolean lasting(Act act, View before) {
        Optional<ActSubject> subject = ActSubject.of(act);
        boolean byChance = subject.filter(
                        s -> s.part() == Part.NODES || s.part() == Part.PODS || s.part() == Part.CILIUM_NODES)
                .isPresent();
        return !byChance
                && (subject.flatMap(s -> before.get(s.part(), Resource.class, s.key()))
                                .isPresent()
                        || object(act)
                                .filter(o -> !o.name().matches(".*[0-9a-f]{8}.*"))
                                .isPresent());
    }

    private static Optional<ObjectRef> object(Act act) {
        if (act instanceof PatchObject patch) {
            return Optional.of(patch.object());
        }
        if (act instanceof ApplyObject apply) {
            return Optional.of(ObjectRef.of(apply.object()));
        }
        return act instanceof DeleteObject delete ? Optional.of(delete.object()) : Optional.empty();
    }

    /** What Helm needs for a release. */
    void release(Act act) {
        releases = true;
        String namespace = act instanceof UpgradeRelease upgrade
                ? upgrade.namespace()
                : act instanceof UninstallRelease uninstall ? uninstall.namespace() : OWN_NAMESPACE;
        IN_CHART.forEach(resource -> add(namespace, resource, Optional.empty(), HELM));
        CLUSTER_WIDE_IN_CHART.forEach(resource -> add(EVERYWHERE, resource, Optional.empty(), HELM));
        List<String> roles = List.of("bind", "escalate");
        add(namespace, "roles.rbac.authorization.k8s.io", Optional.empty(), roles);
        add(EVERYWHERE, "clusterroles.rbac.authorization.k8s.io", Optional.empty(), roles);
    }

    boolean releases() {
        return releases;
    }

    private void add(String namespace, String resource, Optional<String> name, List<String> verbs) {
        byNamespace
                .computeIfAbsent(namespace, n -> new TreeMap<>())
                .computeIfAbsent(new Rule(resource, name), r -> new TreeSet<>())
                .addAll(verbs);
    }

    /** What reading a part needs; only a run follows what changes. */
    void read(Part part, Purpose purpose) {
        String namespace = part == Part.CONFIG_MAPS ? OWN_NAMESPACE : EVERYWHERE;
        List<String> verbs = switch (part) {
            case OBJECTS, RELEASES -> List.of("list");
            case CONFIG_MAPS -> purpose == Purpose.RUN ? READ : List.of("get");
            default -> purpose == Purpose.RUN ? READ : List.of("get", "list");
        };
        Readings.resources(part).forEach(resource -> add(namespace, resource, Optional.empty(), verbs));
    }

    /** What lock, copy of the journal and probes need. */
    void own(Purpose purpose) {
        List<String> write = List.of("create", "delete", "get", "list", "patch");
        switch (purpose) {
            case READ, VERIFY -> {}
            case STATUS ->
                List.of("leases.coordination.k8s.io", "configmaps")
                        .forEach(resource -> add(OWN_NAMESPACE, resource, Optional.empty(), List.of("get")));
            case RUN ->
                List.of("leases.coordination.k8s.io", "configmaps", "secrets")
                        .forEach(resource -> add(OWN_NAMESPACE, resource, Optional.empty(), write));
        }
        if (purpose.asks()) {
            add(OWN_NAMESPACE, "pods", Optional.empty(), List.of("create", "delete"));
            add(EVERYWHERE, "pods/proxy", Optional.empty(), List.of("get"));
        }
        // whose cluster it is, is told by the UID of a namespace
        add(EVERYWHERE, "namespaces", Optional.of(OWN_NAMESPACE), List.of("get"));
    }

    /** The roles, and the bindings that give them to that group. */
    List<Map<String, Object>> documents(String group) {
        List<Map<String, Object>> documents = new ArrayList<>();
        byNamespace.forEach((namespace, rules) -> {
            String kind = namespace.isEmpty() ? "ClusterRole" : "Role";
            documents.add(document(kind, namespace, "rules", merged(rules)));
            Map<String, Object> binding = document(
                    kind + "Binding",
                    namespace,
                    "subjects",
                    List.of(ordered("apiGroup", RBAC, "kind", "Group", "name", group)));
            binding.put("roleRef", ordered("apiGroup", RBAC, "kind", kind, "name", NAME));
            documents.add(binding);
        });
        return documents;
    }

    private static Map<String, Object> document(String kind, String namespace, String field, Object content) {
        Map<String, Object> document = ordered("apiVersion", RBAC + "/v1", "kind", kind);
        document.put(
                "metadata",
                namespace.isEmpty() ? ordered("name", NAME) : ordered("name", NAME, "namespace", namespace));
        document.put(field, content);
        return document;
    }

    private static Map<String, Object> ordered(String... pairs) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            tree.put(pairs[i], pairs[i + 1]);
        }
        return tree;
    }

    /** Rules that differ in nothing but resource or name are one. */
    private static List<Map<String, Object>> merged(Map<Rule, Set<String>> rules) {
        Map<String, Map<String, Object>> merged = new TreeMap<>();
        rules.forEach((rule, verbs) -> {
            int dot = rule.resource().indexOf('.');
            String group = dot < 0 ? "" : rule.resource().substring(dot + 1);
            String resource = dot < 0 ? rule.resource() : rule.resource().substring(0, dot);
            String key = rule.name().isPresent() ? group + " " + resource + " named " + verbs : group + " " + verbs;
            Map<String, Object> tree = merged.computeIfAbsent(key, k -> new LinkedHashMap<>());
            tree.put("apiGroups", List.of(group));
            tree.put("resources", with(tree.get("resources"), resource));
            rule.name().ifPresent(name -> tree.put("resourceNames", with(tree.get("resourceNames"), name)));
            tree.put("verbs", List.copyOf(verbs));
        });
        return List.copyOf(merged.values());
    }

    private static List<String> with(@Nullable Object list, String item) {
        Set<String> items = new TreeSet<>(Set.of(item));
        if (list instanceof List<?> some) {
            some.forEach(i -> items.add(String.valueOf(i)));
        }
        return List.copyOf(items);
    }
}
