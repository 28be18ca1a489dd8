package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Leaves on an object the marks by which its owner is found again. */
final class OwnerTrees {

    private OwnerTrees() {}

    /** The object with the marks of that owner; {@code fields} are those that the EKS add-on manager applied. */
    static Map<String, Object> owned(Map<String, Object> object, Owner owner, List<String> fields) {
        Map<String, Object> marked = applied(natural(object, owner), owner, fields);
        if (KubeProjection.owner(marked).equals(owner)) {
            return marked;
        }
        String named = (owner.kind() + " " + owner.name()).trim();
        return Trees.with(marked, named, "metadata", "annotations", "cnishift.io/owner");
    }

    /** The same with fields that somebody else wrote by kubectl. */
    static Map<String, Object> owned(Map<String, Object> object, Owner owner, List<String> fields, List<String> held) {
        Map<String, Object> marked = owned(object, owner, fields);
        if (held.isEmpty()) {
            return marked;
        }
        List<Map<String, Object>> entries = new ArrayList<>(Tree.maps(marked, "metadata", "managedFields"));
        entries.add(entry(object, "kubectl-set", "Update", held));
        return Trees.with(marked, entries, "metadata", "managedFields");
    }

    private static Map<String, Object> natural(Map<String, Object> object, Owner owner) {
        int slash = owner.name().indexOf('/');
        String namespace = slash < 0 ? "" : owner.name().substring(0, slash);
        String name = owner.name().substring(slash + 1);
        return switch (owner.kind()) {
            case HELM -> {
                Map<String, Object> marked =
                        Trees.with(object, name, "metadata", "annotations", "meta.helm.sh/release-name");
                yield namespace.isEmpty()
                        ? marked
                        : Trees.with(marked, namespace, "metadata", "annotations", "meta.helm.sh/release-namespace");
            }
            case FLUX -> {
                Map<String, Object> marked =
                        Trees.with(object, name, "metadata", "labels", "kustomize.toolkit.fluxcd.io/name");
                yield namespace.isEmpty()
                        ? marked
                        : Trees.with(marked, namespace, "metadata", "labels", "kustomize.toolkit.fluxcd.io/namespace");
            }
            case ARGO_CD -> {
                ObjectKey key = ObjectKey.of(object);
                String tracking = owner.name() + ":" + key.kind() + ":" + key.namespace() + "/" + key.name();
                yield Trees.with(object, tracking, "metadata", "annotations", "argocd.argoproj.io/tracking-id");
            }
            case EKS_ADDON, EKSCTL, CLOUDFORMATION, TERRAFORM, OPERATOR, NONE -> object;
        };
    }

    private static Map<String, Object> applied(Map<String, Object> object, Owner owner, List<String> fields) {
        if (owner.kind() != Owner.Kind.EKS_ADDON && fields.isEmpty()) {
            return object;
        }
        return Trees.with(object, List.of(entry(object, "eks", "Apply", fields)), "metadata", "managedFields");
    }

    private static Map<String, Object> entry(
            Map<String, Object> object, String manager, String operation, List<String> fields) {
        return Trees.of(
                "manager",
                manager,
                "operation",
                operation,
                "apiVersion",
                object.get("apiVersion"),
                "fieldsType",
                "FieldsV1",
                "fieldsV1",
                FieldPaths.tree(fields));
    }
}
