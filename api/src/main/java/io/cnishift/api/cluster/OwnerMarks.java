package io.cnishift.api.cluster;

import io.cnishift.api.cluster.Owner.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who owns an object, by the marks that owners leave. Strongest first: the user's word, Argo CD, Flux, an EKS add-on (its
 * manager applies again and again), Helm, or Terraform by its Helm, an operator that is the controller, Terraform.
 */
final class OwnerMarks {
    /** Where a user names an owner that leaves no mark: {@code KIND NAME}, e.g. {@code terraform platform/eks}. */
    private static final String USER_NAMED = "cnishift.io/owner";

    private static final String ARGO_TRACKING = "argocd.argoproj.io/tracking-id";
    private static final String ARGO_INSTANCE = "argocd.argoproj.io/instance";
    private static final String HELM_RELEASE = "meta.helm.sh/release-name";
    private static final String HELM_NAMESPACE = "meta.helm.sh/release-namespace";
    /** Helm signs what it applies with the name of its program, which is a plugin of Terraform there. */
    private static final String TERRAFORM_HELM = "terraform-provider-helm";

    private static final List<String> FLUX = List.of("helm.toolkit.fluxcd.io/", "kustomize.toolkit.fluxcd.io/");
    private static final Set<String> MARKS = Set.of(
            USER_NAMED,
            ARGO_TRACKING,
            ARGO_INSTANCE,
            HELM_RELEASE,
            HELM_NAMESPACE,
            "kubectl.kubernetes.io/last-applied-configuration");
    private static final Set<String> OWN_CONTROLLERS =
            Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "Node", "Service");

    private OwnerMarks() {}

    /** Whether a label or annotation says nothing but who owns the object. */
    static boolean isMark(String key) {
        return MARKS.contains(key) || key.startsWith(FLUX.get(0)) || key.startsWith(FLUX.get(1));
    }

    static Owner owner(Map<String, ?> tree) {
        Map<String, String> labels = Tree.strings(tree, "metadata", "labels");
        Map<String, String> annotations = Tree.strings(tree, "metadata", "annotations");
        // asked at every change of every workload, so one after the other without a function for each
        Optional<Owner> owner = userNamed(annotations);
        owner = owner.isPresent() ? owner : argo(labels, annotations);
        owner = owner.isPresent() ? owner : flux(labels);
        owner = owner.isPresent() ? owner : addon(tree, labels);
        owner = owner.isPresent() ? owner : helm(tree, labels, annotations);
        owner = owner.isPresent() ? owner : operator(tree);
        owner = owner.isPresent() ? owner : terraform(tree);
        return owner.orElse(Owner.NONE);
    }

    private static Optional<Owner> userNamed(Map<String, String> annotations) {
        String text = annotations.get(USER_NAMED);
        if (text == null) {
            return Optional.empty();
        }
        String[] words = text.trim().split(" ", 2);
        for (Kind kind : Kind.values()) {
            if (kind.toString().equals(words[0].toLowerCase(Locale.ROOT))) {
                return Optional.of(new Owner(kind, words.length > 1 ? words[1].trim() : ""));
            }
        }
        return Optional.empty();
    }

    private static Optional<Owner> argo(Map<String, String> labels, Map<String, String> annotations) {
        String tracking = annotations.get(ARGO_TRACKING);
        if (tracking != null) {
            // APPLICATION:GROUP/KIND:NAMESPACE/NAME
            int colon = tracking.indexOf(':');
            return Optional.of(new Owner(Kind.ARGO_CD, colon < 0 ? tracking : tracking.substring(0, colon)));
        }
        return Optional.ofNullable(labels.get(ARGO_INSTANCE)).map(name -> new Owner(Kind.ARGO_CD, name));
    }

    private static Optional<Owner> flux(Map<String, String> labels) {
        for (String prefix : FLUX) {
            String name = labels.get(prefix.concat("name"));
            if (name != null) {
                return Optional.of(new Owner(Kind.FLUX, named(labels.getOrDefault(prefix + "namespace", ""), name)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Owner> addon(Map<String, ?> tree, Map<String, String> labels) {
        return isManaged(tree, "eks")
                ? Optional.of(new Owner(Kind.EKS_ADDON, addonName(tree, labels)))
                : Optional.empty();
    }

    /** The add-on manager writes no name; its objects are known by theirs. */
    private static String addonName(Map<String, ?> tree, Map<String, String> labels) {
        String name = Meta.name(tree);
        return switch (name) {
            case "aws-node", "amazon-vpc-cni" -> "vpc-cni";
            case "kube-dns", "coredns" -> "coredns";
            case "kube-proxy", "kube-proxy-config" -> "kube-proxy";
            case "ebs-csi-controller", "ebs-csi-node" -> "aws-ebs-csi-driver";
            case "efs-csi-controller", "efs-csi-node" -> "aws-efs-csi-driver";
            default ->
                labels.getOrDefault("eks.amazonaws.com/component", labels.getOrDefault("app.kubernetes.io/name", name));
        };
    }

    private static Optional<Owner> helm(
            Map<String, ?> tree, Map<String, String> labels, Map<String, String> annotations) {
        String release = annotations.get(HELM_RELEASE);
        if (release != null) {
            return Optional.of(new Owner(
                    managers(tree).anyMatch(m -> m.startsWith(TERRAFORM_HELM)) ? Kind.TERRAFORM : Kind.HELM,
                    named(annotations.getOrDefault(HELM_NAMESPACE, ""), release)));
        }
        // A chart whose objects were renamed or copied keeps the label alone.
        return labels.getOrDefault("app.kubernetes.io/managed-by", "").equals("Helm")
                ? Optional.of(new Owner(
                        Kind.HELM, named(Meta.namespace(tree), labels.getOrDefault("app.kubernetes.io/instance", ""))))
                : Optional.empty();
    }

    private static Optional<Owner> operator(Map<String, ?> tree) {
        List<Map<String, Object>> owners = Tree.maps(tree, "metadata", "ownerReferences");
        if (owners.isEmpty()) {
            return Optional.empty();
        }
        return owners.stream()
                .filter(r -> Tree.flag(r, "controller"))
                .filter(r -> !OWN_CONTROLLERS.contains(Tree.text(r, "kind").orElse("")))
                .map(r -> new Owner(
                        Kind.OPERATOR,
                        Tree.text(r, "kind").orElse("") + "/"
                                + Tree.text(r, "name").orElse("")))
                .findFirst();
    }

    private static Optional<Owner> terraform(Map<String, ?> tree) {
        return isManaged(tree, "Terraform") || isManaged(tree, "HashiCorp")
                ? Optional.of(new Owner(Kind.TERRAFORM, ""))
                : Optional.empty();
    }

    private static boolean isManaged(Map<String, ?> tree, String manager) {
        for (Map<String, Object> fields : Tree.maps(tree, "metadata", "managedFields")) {
            if (manager.equals(fields.get("manager"))) {
                return true;
            }
        }
        return false;
    }

    private static Stream<String> managers(Map<String, ?> tree) {
        return Tree.maps(tree, "metadata", "managedFields").stream().flatMap(f -> Tree.text(f, "manager").stream());
    }

    private static String named(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
