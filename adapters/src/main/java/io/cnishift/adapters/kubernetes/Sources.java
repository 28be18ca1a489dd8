package io.cnishift.adapters.kubernetes;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NodePoolProjection;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which lists make which part, where one object makes its records by itself. */
final class Sources {

    /** CRDs carry their schemas, which makes them a hundred times larger than other objects. */
    private static final int LARGE_OBJECTS = 50;

    /** One list of a part. */
    record Source(KubeResource resource, Function<Map<String, Object>, Stream<Resource>> projection) {}

    private static final String ARGO = "argoproj.io";
    private static final String CILIUM = "cilium.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";

    private static final Map<Part, List<Source>> SOURCES = Map.ofEntries(
            Map.entry(Part.NAMESPACES, List.of(one(KubeResource.core("namespaces"), KubeProjection::namespace))),
            Map.entry(Part.NODES, List.of(one(KubeResource.core("nodes"), KubeProjection::node))),
            Map.entry(
                    Part.PODS,
                    List.of(new Source(
                            KubeResource.core("pods"),
                            tree -> OwnPods.include(tree) ? Stream.empty() : Stream.of(KubeProjection.pod(tree))))),
            Map.entry(
                    Part.WORKLOADS,
                    List.of(
                            workload("apps", "deployments"),
                            workload("apps", "statefulsets"),
                            workload("apps", "daemonsets"),
                            workload("apps", "replicasets"),
                            workload("batch", "jobs"),
                            workload("batch", "cronjobs"))),
            Map.entry(Part.SERVICES, List.of(one(KubeResource.core("services"), KubeProjection::service))),
            Map.entry(
                    Part.INGRESSES,
                    List.of(one(KubeResource.of("networking.k8s.io", "v1", "ingresses"), KubeProjection::ingress))),
            Map.entry(
                    Part.TARGET_GROUP_BINDINGS,
                    List.of(one(KubernetesReader.BINDINGS, KubeProjection::targetGroupBinding))),
            Map.entry(
                    Part.BUDGETS,
                    List.of(one(KubeResource.of("policy", "v1", "poddisruptionbudgets"), KubeProjection::budget))),
            Map.entry(
                    Part.CONTROL_PLANE_CALLS,
                    List.of(
                            calls(KubeResource.of(ADMISSION, "v1", "validatingwebhookconfigurations")),
                            calls(KubeResource.of(ADMISSION, "v1", "mutatingwebhookconfigurations")),
                            calls(KubeResource.of("apiregistration.k8s.io", "v1", "apiservices")),
                            calls(KubeResource.of("apiextensions.k8s.io", "v1", "customresourcedefinitions")
                                    .paged(LARGE_OBJECTS)))),
            Map.entry(
                    Part.ADMISSION_POLICIES,
                    List.of(
                            policies(KubeResource.custom("kyverno.io", "clusterpolicies")),
                            policies(KubeResource.custom("kyverno.io", "policies")),
                            policies(KubeResource.custom("constraints.gatekeeper.sh", "k8spsphostnetworkingports")))),
            Map.entry(
                    Part.NETWORK_POLICIES,
                    List.of(one(
                            KubeResource.of("networking.k8s.io", "v1", "networkpolicies"),
                            KubeProjection::networkPolicy))),
            Map.entry(
                    Part.SECURITY_GROUP_POLICIES,
                    List.of(one(
                            KubeResource.custom("vpcresources.k8s.aws", "securitygrouppolicies"),
                            KubeProjection::securityGroupPolicy))),
            Map.entry(
                    Part.ENI_CONFIGS,
                    List.of(one(
                            KubeResource.custom("crd.k8s.amazonaws.com", "eniconfigs"), KubeProjection::eniConfig))),
            Map.entry(Part.NODE_POOLS, List.of(one(KubernetesReader.NODE_POOLS, NodePoolProjection::pool))),
            Map.entry(
                    Part.NODE_CLASSES, List.of(one(KubernetesReader.EC2_NODE_CLASSES, NodePoolProjection::nodeClass))),
            Map.entry(
                    Part.CILIUM_NODES,
                    List.of(one(KubeResource.custom(CILIUM, "ciliumnodes"), KubeProjection::ciliumNode))),
            Map.entry(
                    Part.CILIUM_ENDPOINTS,
                    List.of(one(KubeResource.custom(CILIUM, "ciliumendpoints"), KubeProjection::ciliumEndpoint))),
            Map.entry(
                    Part.CILIUM_NODE_CONFIGS,
                    List.of(one(KubeResource.custom(CILIUM, "ciliumnodeconfigs"), KubeProjection::ciliumNodeConfig))),
            Map.entry(
                    Part.APPLICATIONS,
                    List.of(
                            one(KubeResource.custom(ARGO, "applications"), KubeProjection::application),
                            one(KubeResource.custom(ARGO, "applicationsets"), KubeProjection::application))));

    private Sources() {}

    /** The lists of a part; none for parts that are read otherwise. */
    static List<Source> of(Part part) {
        return SOURCES.getOrDefault(part, List.of());
    }

    private static Source one(KubeResource resource, Function<Map<String, Object>, Resource> projection) {
        return new Source(resource, tree -> Stream.of(projection.apply(tree)));
    }

    private static Source workload(String group, String plural) {
        return new Source(
                KubeResource.of(group, "v1", plural),
                tree -> KubeProjection.isWorkload(tree) ? Stream.of(KubeProjection.workload(tree)) : Stream.empty());
    }

    private static Source policies(KubeResource resource) {
        return new Source(
                resource,
                tree -> KubeProjection.admissionPolicies(tree).stream().map(Resource.class::cast));
    }

    private static Source calls(KubeResource resource) {
        return new Source(
                resource,
                tree -> KubeProjection.controlPlaneCalls(tree).stream().map(Resource.class::cast));
    }
}
