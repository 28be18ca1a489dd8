package io.cnishift.simulator;

import java.util.Set;

/** What the API server knows of kinds: scope, and which have a status or a counted generation. */
public final class Kinds {
    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "APIService",
            "CiliumNode",
            "ClusterPolicy",
            "ClusterRole",
            "ClusterRoleBinding",
            "CSIDriver",
            "CSINode",
            "CustomResourceDefinition",
            "ENIConfig",
            "CNINode",
            "EC2NodeClass",
            "K8sPSPHostNetworkingPorts",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "NodeClaim",
            "NodePool",
            "PersistentVolume",
            "PriorityClass",
            "RuntimeClass",
            "StorageClass",
            "IngressClass",
            "IngressClassParams",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeAttachment");
    private static final Set<String> NAMESPACED = Set.of(
            "Application",
            "ApplicationSet",
            "CiliumEndpoint",
            "CiliumNodeConfig",
            "ConfigMap",
            "CronJob",
            "DaemonSet",
            "Deployment",
            "EndpointSlice",
            "Endpoints",
            "Event",
            "Ingress",
            "Job",
            "Lease",
            "NetworkPolicy",
            "PersistentVolumeClaim",
            "Pod",
            "PodDisruptionBudget",
            "Policy",
            "ReplicaSet",
            "Role",
            "RoleBinding",
            "Secret",
            "SecurityGroupPolicy",
            "Service",
            "ServiceAccount",
            "StatefulSet",
            "TargetGroupBinding");
    private static final Set<String> WITHOUT_GENERATION = Set.of(
            "ConfigMap",
            "Endpoints",
            "EndpointSlice",
            "Lease",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Pod",
            "Secret",
            "Service",
            "ServiceAccount");

    private Kinds() {}

    public static boolean clusterScoped(String kind) {
        return CLUSTER_SCOPED.contains(kind);
    }

    /** Whether objects of that kind must name a namespace; false also for kinds that nobody knows. */
    static boolean namespaced(String kind) {
        return NAMESPACED.contains(kind);
    }

    static boolean countsGeneration(String kind) {
        return !WITHOUT_GENERATION.contains(kind);
    }
}
