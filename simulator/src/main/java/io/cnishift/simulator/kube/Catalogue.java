package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds that are served: those of Kubernetes and of every EKS cluster always, other custom resources where a definition or
 * an object says that the cluster has their API. The store keeps objects by kind alone, so a definition whose kind is taken is
 * not served.
 */
public final class Catalogue {
    private static final String STATUS = "status";
    private static final Set<String> OF_EKS = Set.of("crd.k8s.amazonaws.com", "vpcresources.k8s.aws");
    /** API version, kind, short names, subresources. */
    private static final List<ApiResource> KNOWN = Stream.of(
                    "v1 ConfigMap cm -",
                    "v1 Endpoints ep -",
                    "v1 Event ev -",
                    "v1 Namespace ns status",
                    "v1 Node no status",
                    "v1 PersistentVolume pv status",
                    "v1 PersistentVolumeClaim pvc status",
                    "v1 Pod po status,eviction",
                    "v1 Secret - -",
                    "v1 Service svc status",
                    "v1 ServiceAccount sa -",
                    "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration - -",
                    "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy - status",
                    "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding - -",
                    "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration - -",
                    "apiextensions.k8s.io/v1 CustomResourceDefinition crd,crds status",
                    "apiregistration.k8s.io/v1 APIService - status",
                    "apps/v1 ControllerRevision - -",
                    "apps/v1 DaemonSet ds status",
                    "apps/v1 Deployment deploy status,scale",
                    "apps/v1 ReplicaSet rs status,scale",
                    "apps/v1 StatefulSet sts status,scale",
                    "batch/v1 CronJob cj status",
                    "batch/v1 Job - status",
                    "coordination.k8s.io/v1 Lease - -",
                    "discovery.k8s.io/v1 EndpointSlice - -",
                    "networking.k8s.io/v1 Ingress ing status",
                    "networking.k8s.io/v1 IngressClass - -",
                    "networking.k8s.io/v1 NetworkPolicy netpol -",
                    "node.k8s.io/v1 RuntimeClass - -",
                    "policy/v1 PodDisruptionBudget pdb status",
                    "rbac.authorization.k8s.io/v1 ClusterRole - -",
                    "rbac.authorization.k8s.io/v1 ClusterRoleBinding - -",
                    "rbac.authorization.k8s.io/v1 Role - -",
                    "rbac.authorization.k8s.io/v1 RoleBinding - -",
                    "scheduling.k8s.io/v1 PriorityClass pc -",
                    "storage.k8s.io/v1 CSIDriver - -",
                    "storage.k8s.io/v1 CSINode - -",
                    "storage.k8s.io/v1 StorageClass sc -",
                    "storage.k8s.io/v1 VolumeAttachment - status",
                    "argoproj.io/v1alpha1 Application app -",
                    "argoproj.io/v1alpha1 ApplicationSet appset status",
                    "cilium.io/v2 CiliumEndpoint cep status",
                    "cilium.io/v2 CiliumNode cn status",
                    "cilium.io/v2 CiliumNodeConfig - -",
                    "constraints.gatekeeper.sh/v1beta1 K8sPSPHostNetworkingPorts - status",
                    "crd.k8s.amazonaws.com/v1alpha1 ENIConfig - -",
                    "elbv2.k8s.aws/v1beta1 IngressClassParams - -",
                    "elbv2.k8s.aws/v1beta1 TargetGroupBinding - status",
                    "karpenter.k8s.aws/v1 EC2NodeClass ec2nc status",
                    "karpenter.sh/v1 NodeClaim - status",
                    "karpenter.sh/v1 NodePool - status",
                    "kyverno.io/v1 ClusterPolicy cpol status",
                    "kyverno.io/v1 Policy pol status",
                    "networking.k8s.aws/v1alpha1 PolicyEndpoint - status",
                    // a server prefers a beta version to an alpha one
                    "vpcresources.k8s.aws/v1beta1 SecurityGroupPolicy sgp status",
                    "vpcresources.k8s.aws/v1alpha1 CNINode cnd status")
            .map(Catalogue::parse)
            .toList();

    /** Version and kind of what every cluster serves: nearly all that is asked for. */
    private static final Set<String> ALWAYS = KNOWN.stream()
            .filter(Catalogue::always)
            .map(r -> r.apiVersion() + " " + r.kind())
            .collect(Collectors.toUnmodifiableSet());

    /** Groups whose definitions come with a controller, by its name. */
    private static final Map<String, String> INSTALLED_WITH = Map.of("aws-load-balancer-controller", "elbv2.k8s.aws");

    private final ObjectStore store;

    public Catalogue(ObjectStore store) {
        this.store = store;
    }

    /** All that is served now. */
    public List<ApiResource> resources() {
        Set<String> groups = groupsThere();
        List<ApiResource> served = new ArrayList<>();
        for (ApiResource known : KNOWN) {
            if (always(known) || groups.contains(known.group())) {
                served.add(known);
            }
        }
        store.list("CustomResourceDefinition").forEach(d -> defined(d).ifPresent(served::add));
        return served;
    }

    /** The resource of that name; empty when it is not served. */
    public Optional<ApiResource> find(String group, String version, String plural) {
        return resources().stream()
                .filter(r -> r.group().equals(group)
                        && r.version().equals(version)
                        && r.plural().equals(plural))
                .findFirst();
    }

    /** Whether objects of that kind are served in that version. */
    boolean serves(String apiVersion, String kind) {
        return ALWAYS.contains(apiVersion + " " + kind)
                || resources().stream()
                        .anyMatch(r -> r.kind().equals(kind) && r.apiVersion().equals(apiVersion));
    }

    /** Custom groups of which there is an object or a definition, or what is installed with their definitions. */
    private Set<String> groupsThere() {
        Stream<String> defined = store.list("CustomResourceDefinition").stream()
                .map(d -> Tree.text(d, "spec", "group").orElse(""));
        Stream<String> used =
                KNOWN.stream().filter(r -> !store.list(r.kind()).isEmpty()).map(ApiResource::group);
        Stream<String> installed = store.list("Deployment").stream()
                .map(d -> INSTALLED_WITH.getOrDefault(
                        Tree.text(d, "metadata", "name").orElse(""), ""));
        return Stream.of(defined, used, installed).flatMap(s -> s).collect(Collectors.toSet());
    }

    private static boolean always(ApiResource known) {
        return known.builtIn() || OF_EKS.contains(known.group());
    }

    private static Optional<ApiResource> defined(Map<String, Object> definition) {
        String kind = Tree.text(definition, "spec", "names", "kind").orElse("");
        boolean taken = kind.isEmpty() || KNOWN.stream().anyMatch(r -> r.kind().equals(kind));
        return taken
                ? Optional.empty()
                : Tree.maps(definition, "spec", "versions").stream()
                        .filter(v -> Tree.flag(v, "served"))
                        .findFirst()
                        .map(v -> new ApiResource(
                                Tree.text(definition, "spec", "group").orElse(""),
                                Tree.text(v, "name").orElse(""),
                                kind,
                                Tree.text(definition, "spec", "names", "plural").orElse(""),
                                Tree.text(definition, "spec", "scope")
                                        .filter("Namespaced"::equals)
                                        .isPresent(),
                                Tree.texts(definition, "spec", "names", "shortNames"),
                                Tree.at(v, "subresources", STATUS).isPresent() ? List.of(STATUS) : List.of()));
    }

    private static ApiResource parse(String line) {
        String[] words = line.split(" ", -1);
        return ApiResource.of(words[0], words[1], names(words[2]), names(words[3]));
    }

    private static List<String> names(String word) {
        return word.equals("-") ? List.of() : Arrays.asList(word.split(",", -1));
    }
}
