package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * From a Kubernetes object as a JSON tree to its record: the one place where that is decided, for real and simulated
 * clusters alike. Pure and total: what an object lacks is read as the API server's default.
 *
 * <p>Left out of every record are the marks that only say who owns the object (they are in its {@link Owner}) and
 * kubectl's copy of the object in an annotation.
 */
public final class KubeProjection {

    private KubeProjection() {}

    /** A Namespace. */
    public static Namespace namespace(Map<String, ?> tree) {
        return new Namespace(
                Meta.name(tree),
                Meta.uid(tree),
                Meta.labels(tree),
                Meta.terminating(tree)
                        || Tree.text(tree, "status", "phase")
                                .filter("Terminating"::equals)
                                .isPresent());
    }

    /** A Node. */
    public static Node node(Map<String, ?> tree) {
        return NodeProjection.node(tree);
    }

    /** A Pod. */
    public static Pod pod(Map<String, ?> tree) {
        return PodProjection.pod(tree);
    }

    /** An Application or ApplicationSet of Argo CD. */
    public static Application application(Map<String, ?> tree) {
        return ApplicationProjection.application(tree);
    }

    /** A Deployment, StatefulSet, DaemonSet, ReplicaSet, Job or CronJob. */
    public static Workload workload(Map<String, ?> tree) {
        return WorkloadProjection.workload(tree);
    }

    /** Whether an object of a workload's kind is one in its own right, not the tool of another workload. */
    public static boolean isWorkload(Map<String, ?> tree) {
        return WorkloadProjection.isWorkload(tree);
    }

    /**
     * The name of any object.
     *
     * @param tree the object, or its metadata alone, which tells no class's controller and no binding's subjects
     */
    public static NamedObject namedObject(Map<String, ?> tree, String apiVersion, String kind) {
        boolean token = Tree.strings(tree, "metadata", "annotations").containsKey("kubernetes.io/service-account.name");
        boolean controlled = Tree.maps(tree, "metadata", "ownerReferences").stream()
                .anyMatch(owner -> Tree.flag(owner, "controller"));
        return new NamedObject(
                apiVersion,
                kind,
                Tree.text(tree, "metadata", "namespace").orElse(""),
                Meta.name(tree),
                Meta.uid(tree),
                switch (kind) {
                    case "IngressClass" -> Tree.text(tree, "spec", "controller").orElse("");
                    case "ClusterRoleBinding" -> accountsOf(tree);
                    default -> Tree.text(tree, "type").orElse(token ? NamedObject.TOKEN : "");
                },
                controlled);
    }

    private static String accountsOf(Map<String, ?> binding) {
        return Tree.maps(binding, "subjects").stream()
                .filter(s -> "ServiceAccount".equals(s.get("kind")))
                .map(s -> Tree.text(s, "namespace").orElse(""))
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** A Service. */
    public static Service service(Map<String, ?> tree) {
        return ServiceProjection.service(tree);
    }

    /** The Service, {@code namespace/name}, that an EndpointSlice belongs to. */
    public static Optional<String> serviceOf(Map<String, ?> slice) {
        return ServiceProjection.serviceOf(slice);
    }

    /** The endpoints of a Service, named {@code namespace/name}, from its slices in order of their names. */
    public static Endpoints endpoints(String service, List<Map<String, Object>> slices) {
        return ServiceProjection.endpoints(service, slices);
    }

    /** An Ingress. */
    public static Ingress ingress(Map<String, ?> tree) {
        return ServiceProjection.ingress(tree);
    }

    /** A TargetGroupBinding. */
    public static TargetGroupBinding targetGroupBinding(Map<String, ?> tree) {
        return NetworkProjection.targetGroupBinding(tree);
    }

    /** A PodDisruptionBudget. */
    public static Budget budget(Map<String, ?> tree) {
        return WorkloadProjection.budget(tree);
    }

    /**
     * What the control plane calls because of this object: the webhooks of a Validating- or MutatingWebhookConfiguration,
     * the backend of an APIService, the conversion webhook of a CustomResourceDefinition. Often nothing.
     */
    public static List<ControlPlaneCall> controlPlaneCalls(Map<String, ?> tree) {
        return CallProjection.calls(tree);
    }

    /**
     * The rules of a policy engine in this object: a Kyverno ClusterPolicy or Policy, or a constraint of Gatekeeper about the
     * host's network and ports. Often nothing.
     */
    public static List<AdmissionPolicy> admissionPolicies(Map<String, ?> tree) {
        return Tree.text(tree, "apiVersion")
                        .filter(v -> v.startsWith("constraints.gatekeeper.sh/"))
                        .isPresent()
                ? List.of(PolicyProjection.gatekeeper(tree))
                : PolicyProjection.kyverno(tree);
    }

    /** A NetworkPolicy. */
    public static NetworkPolicy networkPolicy(Map<String, ?> tree) {
        return NetworkProjection.networkPolicy(tree);
    }

    /** A SecurityGroupPolicy. */
    public static SecurityGroupPolicy securityGroupPolicy(Map<String, ?> tree) {
        return NetworkProjection.securityGroupPolicy(tree);
    }

    /** A PolicyEndpoint of the VPC CNI. */
    public static PolicyEndpoint policyEndpoint(Map<String, ?> tree) {
        return new PolicyEndpoint(
                Meta.namespace(tree),
                Meta.name(tree),
                Tree.text(tree, "spec", "policyRef", "name").orElse(""));
    }

    /** A PersistentVolume with its VolumeAttachment, where it is attached. */
    public static Volume volume(Map<String, ?> volume, Optional<Map<String, Object>> attachment) {
        return VolumeProjection.volume(volume, attachment);
    }

    /** An ENIConfig. */
    public static EniConfig eniConfig(Map<String, ?> tree) {
        return new EniConfig(
                Meta.name(tree),
                Tree.text(tree, "spec", "subnet").orElse(""),
                Tree.texts(tree, "spec", "securityGroups"));
    }

    /** A CiliumNode. */
    public static CiliumNode ciliumNode(Map<String, ?> tree) {
        return CiliumProjection.node(tree);
    }

    /** A CiliumEndpoint. */
    public static CiliumEndpoint ciliumEndpoint(Map<String, ?> tree) {
        return CiliumProjection.endpoint(tree);
    }

    /** A CiliumNodeConfig. */
    public static CiliumNodeConfig ciliumNodeConfig(Map<String, ?> tree) {
        return new CiliumNodeConfig(
                Meta.namespace(tree),
                Meta.name(tree),
                Tree.strings(tree, "spec", "nodeSelector", "matchLabels"),
                Tree.strings(tree, "spec", "defaults"));
    }

    /** A ConfigMap. */
    public static ConfigMap configMap(Map<String, ?> tree) {
        return new ConfigMap(Meta.namespace(tree), Meta.name(tree), Tree.strings(tree, "data"));
    }

    /** Whether it is one of the ConfigMaps that cnishift reads. */
    public static boolean readsConfigMap(String namespace, String name) {
        return namespace.equals("kube-system") && ConfigMap.READ.contains(name);
    }

    /** Who owns an object, by its managed fields, tracking labels and annotations and owner references. */
    public static Owner owner(Map<String, ?> tree) {
        return OwnerMarks.owner(tree);
    }

    /** CPU in thousandths and memory in MiB that a pod of this spec requests, as the scheduler counts them. */
    public static Requests requests(Map<String, ?> podSpec) {
        return PodProjection.requests(podSpec);
    }

    /** What a pod requests. */
    public record Requests(long cpuMillis, long memoryMiB) {}

    /** Host ports that a pod of this spec takes: declared ones, and every container port with host networking. */
    public static List<Pod.HostPort> hostPorts(Map<String, ?> podSpec) {
        return PodProjection.hostPorts(podSpec);
    }
}
