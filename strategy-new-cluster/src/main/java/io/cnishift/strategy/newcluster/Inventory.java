package io.cnishift.strategy.newcluster;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The objects of a cluster that can be carried to another one, by kind: those that somebody wrote, not those that controllers made. */
final class Inventory {

    /** Kinds in the order in which they are carried; each finds there what it needs. */
    static final List<String> SETTINGS =
            List.of("ResourceQuota", "LimitRange", "ServiceAccount", "Role", "RoleBinding", "ConfigMap", "Secret");

    /** Rights in all namespaces: who has a cluster of its own for this gives them there, and to nobody of another cluster. */
    static final List<String> RIGHTS = List.of("ClusterRole", "ClusterRoleBinding");

    static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "DaemonSet", "CronJob");
    static final List<String> POLICIES =
            List.of("NetworkPolicy", "CiliumNetworkPolicy", "PodDisruptionBudget", "HorizontalPodAutoscaler");

    static final Set<Part> PARTS = EnumSet.of(
            Part.NAMESPACES,
            Part.WORKLOADS,
            Part.SERVICES,
            Part.INGRESSES,
            Part.NETWORK_POLICIES,
            Part.BUDGETS,
            Part.OBJECTS);

    private static final Map<String, String> VERSIONS = Map.of(
            "CronJob", "batch/v1",
            "Service", "v1",
            "Ingress", "networking.k8s.io/v1",
            "NetworkPolicy", "networking.k8s.io/v1",
            "PodDisruptionBudget", "policy/v1");

    private static final Set<String> MADE_BY_SERVERS = Set.of("ConfigMap/kube-root-ca.crt", "ServiceAccount/default");
    private static final Set<String> TOKENS =
            Set.of("kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token");

    private final View view;

    Inventory(View view) {
        this.view = view;
    }

    /** The namespaces that hold what somebody runs, not what a cluster is made of. */
    List<String> namespaces() {
        return view.all(Part.NAMESPACES, Namespace.class).stream()
                .filter(n -> !n.terminating())
                .map(Namespace::name)
                .filter(n -> !n.startsWith("kube-"))
                .toList();
    }

    /** The objects of these kinds in these namespaces. */
    List<ObjectRef> of(List<String> namespaces, List<String> kinds) {
        List<ObjectRef> found = new ArrayList<>();
        for (String kind : kinds) {
            switch (kind) {
                case "Namespace" ->
                    namespaces.stream()
                            .filter(n -> !n.equals("default"))
                            .forEach(n -> found.add(ObjectRef.of("v1", kind, n)));
                case "Deployment", "StatefulSet", "DaemonSet", "CronJob" -> workloads(namespaces, kind, found);
                case "Service" ->
                    view.services().stream()
                            .filter(s -> namespaces.contains(s.namespace()))
                            .filter(s -> !s.key().equals("default/kubernetes"))
                            .forEach(s -> add(kind, s.namespace(), s.name(), found));
                case "Ingress" ->
                    view.all(Part.INGRESSES, Ingress.class).stream()
                            .filter(i -> namespaces.contains(i.namespace()))
                            .forEach(i -> add(kind, i.namespace(), i.name(), found));
                case "NetworkPolicy" ->
                    view.all(Part.NETWORK_POLICIES, NetworkPolicy.class).stream()
                            .filter(p -> namespaces.contains(p.namespace()))
                            .forEach(p -> add(kind, p.namespace(), p.name(), found));
                case "PodDisruptionBudget" ->
                    view.budgets().stream()
                            .filter(b -> namespaces.contains(b.namespace()))
                            .forEach(b -> add(kind, b.namespace(), b.name(), found));
                default -> named(namespaces, kind, found);
            }
        }
        return found;
    }

    /** Whether the cluster has that object. */
    boolean has(ObjectRef ref) {
        String key = ref.namespace().map(n -> n + "/").orElse("") + ref.name();
        return switch (ref.kind()) {
            case "Namespace" -> there(Part.NAMESPACES, ref.name());
            case "Deployment", "StatefulSet", "DaemonSet", "CronJob" -> there(Part.WORKLOADS, ref.kind() + "/" + key);
            case "Service" -> there(Part.SERVICES, key);
            case "Ingress" -> there(Part.INGRESSES, key);
            case "NetworkPolicy" -> there(Part.NETWORK_POLICIES, key);
            case "PodDisruptionBudget" -> there(Part.BUDGETS, key);
            default ->
                there(
                        Part.OBJECTS,
                        NamedObject.keyOf(
                                ref.apiVersion(), ref.kind(), ref.namespace().orElse(""), ref.name()));
        };
    }

    /** The name of an object as steps and findings have it. */
    static String key(ObjectRef ref) {
        return ref.kind() + "/" + ref.namespace().map(n -> n + "/").orElse("") + ref.name();
    }

    private boolean there(Part part, String key) {
        return view.get(part, Resource.class, key).isPresent();
    }

    private void workloads(List<String> namespaces, String kind, List<ObjectRef> found) {
        view.workloads().stream()
                .filter(w -> w.kind().equals(kind) && namespaces.contains(w.namespace()))
                .forEach(w -> add(kind, w.namespace(), w.name(), found));
    }

    private void named(List<String> namespaces, String kind, List<ObjectRef> found) {
        Optional<BalancerController> controller = BalancerController.of(view);
        view.all(Part.OBJECTS, NamedObject.class).stream()
                .filter(o -> o.objectKind().equals(kind))
                .filter(o -> namespaces.contains(o.namespace()) || Shared.carried(o, namespaces))
                .filter(o -> !o.controlled()
                        && !TOKENS.contains(o.type())
                        && !MADE_BY_SERVERS.contains(kind + "/" + o.name()))
                .filter(o -> controller.filter(c -> c.history(o)).isEmpty())
                .forEach(o -> found.add(
                        o.namespace().isEmpty()
                                ? ObjectRef.of(o.apiVersion(), kind, o.name())
                                : ObjectRef.of(o.apiVersion(), kind, o.namespace(), o.name())));
    }

    private static void add(String kind, String namespace, String name, List<ObjectRef> found) {
        found.add(ObjectRef.of(VERSIONS.getOrDefault(kind, "apps/v1"), kind, namespace, name));
    }

    /** Workloads of these namespaces that should have pods all the time. */
    List<Workload> lasting(List<String> namespaces) {
        return view.workloads().stream()
                .filter(w -> namespaces.contains(w.namespace()))
                .filter(w -> w.kind().equals("Deployment")
                        || w.kind().equals("StatefulSet")
                        || w.kind().equals("DaemonSet"))
                .toList();
    }

    /** Services of these namespaces that lead to pods. */
    List<Service> serving(List<String> namespaces) {
        return view.services().stream()
                .filter(s -> namespaces.contains(s.namespace()) && !s.selector().isEmpty())
                .toList();
    }

    /** Budgets of these namespaces. */
    List<Budget> budgets(List<String> namespaces) {
        return view.budgets().stream()
                .filter(b -> namespaces.contains(b.namespace()))
                .toList();
    }
}
