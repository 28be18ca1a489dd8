package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
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
        Map<String, Object> entry = Trees.of(
                "manager", "eks",
                "operation", "Apply",
                "apiVersion", object.get("apiVersion"),
                "fieldsType", "FieldsV1",
                "fieldsV1", FieldPaths.tree(fields));
        return Trees.with(object, List.of(entry), "metadata", "managedFields");
    }
}
