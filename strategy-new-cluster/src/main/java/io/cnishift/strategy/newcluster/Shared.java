package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What belongs to no namespace and is needed by what does, and custom resources with the definitions of their kinds. */
final class Shared {

    /** Kinds of objects without a namespace that are carried, in their order; a definition comes before what it defines. */
    static final List<String> KINDS =
            List.of("CustomResourceDefinition", "PriorityClass", "StorageClass", "IngressClass", "RuntimeClass");

    /** Roles that every API server makes; the others that are not somebody's begin with system: or eks:. */
    private static final Set<String> DEFAULT_ROLES = Set.of("admin", "cluster-admin", "edit", "view");

    /** Marks the class of those that name none; of a kind there must be one such class only. */
    private static final Map<String, String> DEFAULT_CLASS = Map.of(
            "StorageClass", "storageclass.kubernetes.io/is-default-class",
            "IngressClass", "ingressclass.kubernetes.io/is-default-class");

    /** Of the network, of nodes and of load balancers: these name things of their own cluster, and every cluster makes its own. */
    private static final Set<String> OF_THE_CLUSTER = Set.of(
            "cilium.io",
            "crd.projectcalico.org",
            "crd.k8s.amazonaws.com",
            "eks.amazonaws.com",
            "elbv2.k8s.aws",
            "groupsnapshot.storage.k8s.io",
            "karpenter.k8s.aws",
            "karpenter.sh",
            "metrics.k8s.io",
            "networking.k8s.aws",
            "operator.tigera.io",
            "snapshot.storage.k8s.io",
            "vpcresources.k8s.aws");

    /**
     * Ends of the groups whose objects are machines, databases or clusters outside: a copy that is deleted on the way back would
     * take what it stands for along.
     */
    private static final List<String> MAKERS =
            List.of(".services.k8s.aws", "crossplane.io", "upbound.io", "cluster.x-k8s.io", "cnrm.cloud.google.com");

    /** Groups of Kubernetes itself; others that end alike, such as the Gateway API's, are custom resources as any. */
    private static final Set<String> BUILT_IN = Set.of(
            "",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "apps",
            "authentication.k8s.io",
            "authorization.k8s.io",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "events.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "internal.apiserver.k8s.io",
            "networking.k8s.io",
            "node.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io",
            "storagemigration.k8s.io");

    private Shared() {}

    /** Whether an object of no namespace is carried together with these namespaces. */
    static boolean carried(NamedObject object, List<String> namespaces) {
        if (!object.namespace().isEmpty()) {
            return false;
        }
        return switch (object.objectKind()) {
            case "ClusterRole", "ClusterRoleBinding" -> somebodys(object.name()) && ofAccountsIn(object, namespaces);
            case "CustomResourceDefinition" -> definesCustom(object.name());
            default -> KINDS.contains(object.objectKind()) && !object.name().startsWith("system-");
        };
    }

    private static boolean somebodys(String name) {
        return !name.startsWith("system:") && !name.startsWith("eks:") && !DEFAULT_ROLES.contains(name);
    }

    /** Rights of accounts that are not carried are of what the second cluster has of its own. */
    private static boolean ofAccountsIn(NamedObject object, List<String> namespaces) {
        return object.type().isEmpty()
                || namespaces.containsAll(List.of(object.type().split(",", -1)));
    }

    private static boolean definesCustom(String definition) {
        String group = definition.substring(definition.indexOf('.') + 1);
        return !OF_THE_CLUSTER.contains(group) && !BUILT_IN.contains(group);
    }

    /** Kinds of custom resources in these namespaces that are carried. */
    static List<String> customKinds(View view, List<String> namespaces) {
        Set<String> kinds = new TreeSet<>();
        view.all(Part.OBJECTS, NamedObject.class).stream()
                .filter(o -> namespaces.contains(o.namespace()) && !o.controlled() && custom(o))
                .forEach(o -> kinds.add(o.objectKind()));
        return List.copyOf(kinds);
    }

    private static boolean custom(NamedObject object) {
        int slash = object.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : object.apiVersion().substring(0, slash);
        return !BUILT_IN.contains(group)
                && !OF_THE_CLUSTER.contains(group)
                && MAKERS.stream().noneMatch(group::endsWith);
    }

    /** Bindings that are not carried though some of their accounts go along, by name. */
    static List<String> partly(View view, List<String> namespaces) {
        return view.all(Part.OBJECTS, NamedObject.class).stream()
                .filter(o -> o.objectKind().equals("ClusterRoleBinding") && somebodys(o.name()))
                .filter(o -> !ofAccountsIn(o, namespaces)
                        && Stream.of(o.type().split(",", -1)).anyMatch(namespaces::contains))
                .map(NamedObject::name)
                .toList();
    }

    /** Classes that must not be the default there, for the second cluster has classes of that kind, by {@code Kind/name}. */
    static Map<String, Map<String, Object>> changes(View first, View second) {
        Map<String, Map<String, Object>> changes = new TreeMap<>();
        for (NamedObject object : first.all(Part.OBJECTS, NamedObject.class)) {
            String mark = DEFAULT_CLASS.getOrDefault(object.objectKind(), "");
            boolean others = second.all(Part.OBJECTS, NamedObject.class).stream()
                    .anyMatch(o -> o.objectKind().equals(object.objectKind()));
            if (!mark.isEmpty() && others && carried(object, List.of())) {
                changes.put(
                        object.objectKind() + "/" + object.name(),
                        Map.of("metadata", Map.of("annotations", Map.of(mark, "false"))));
            }
        }
        return changes;
    }
}
