package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** What every server refuses, whatever the kind: bad names, missing namespaces, changes of what cannot change. */
final class Creation {
    private static final int LONGEST_NAME = 253;
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    // RBAC objects may be named by any path segment, e.g. system:node.
    private static final Pattern PATH_SEGMENT = Pattern.compile("[^/%]+");

    private Creation() {}

    static void check(Map<String, Object> object, ObjectStore store) {
        ObjectKey key = ObjectKey.of(object);
        checkName(key);
        checkNamespace(key, store);
        IngressBackends.check(object);
        if (Tree.text(object, "metadata", "resourceVersion").isPresent()) {
            throw new ApiRefusal(
                    Reason.INVALID,
                    "resourceVersion should not be set on objects to be created",
                    ApiRefusal.Detail.code(500));
        }
        if (store.get(key).isPresent()) {
            throw new ApiRefusal(Reason.EXISTS, key + " already exists");
        }
    }

    static void checkUpdate(Map<String, Object> before, Map<String, Object> after) {
        ObjectKey key = ObjectKey.of(before);
        if (!ObjectKey.of(after).equals(key)) {
            throw new ApiRefusal(Reason.INVALID, key + " is invalid: kind, namespace and name cannot change");
        }
        IngressBackends.check(after);
        boolean selectorFixed = switch (key.kind()) {
            case "Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Job" -> true;
            default -> false;
        };
        if (selectorFixed && !Objects.equals(Tree.at(before, "spec", "selector"), Tree.at(after, "spec", "selector"))) {
            throw new ApiRefusal(Reason.INVALID, key + " is invalid: spec.selector: field is immutable");
        }
    }

    private static void checkName(ObjectKey key) {
        if (key.kind().isEmpty()) {
            throw new ApiRefusal(Reason.INVALID, "Object 'Kind' is missing");
        }
        Pattern allowed = switch (key.kind()) {
            case "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding" -> PATH_SEGMENT;
            default -> SUBDOMAIN;
        };
        if (key.name().length() > LONGEST_NAME || !allowed.matcher(key.name()).matches()) {
            throw new ApiRefusal(
                    Reason.INVALID,
                    key.kind() + " \"" + key.name() + "\" is invalid: metadata.name: must be a lower-case DNS name");
        }
    }

    private static void checkNamespace(ObjectKey key, ObjectStore store) {
        if (key.namespace().isEmpty()) {
            if (Kinds.namespaced(key.kind())) {
                throw new ApiRefusal(Reason.INVALID, key + " needs a namespace");
            }
            return;
        }
        if (Kinds.clusterScoped(key.kind())) {
            throw new ApiRefusal(Reason.INVALID, key + " is cluster-scoped and takes no namespace");
        }
        Map<String, Object> namespace = store.get("Namespace", "", key.namespace())
                .orElseThrow(() -> new ApiRefusal(Reason.GONE, "namespaces \"" + key.namespace() + "\" not found"));
        if (Tree.text(namespace, "metadata", "deletionTimestamp").isPresent()) {
            throw new ApiRefusal(
                    Reason.FORBIDDEN,
                    key + " is forbidden: unable to create new content in namespace " + key.namespace()
                            + " because it is being terminated",
                    ApiRefusal.Detail.terminating(key.namespace()));
        }
    }
}
