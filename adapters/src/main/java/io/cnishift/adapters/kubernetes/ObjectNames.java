package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names of the objects that somebody keeps in a cluster, of whatever kind its API serves. What is in them is not asked for, but for the
 * controller of a class of Ingresses and the accounts of a binding of the cluster's. Left out are kinds that controllers and nodes write, and those that are read whole as another part.
 */
final class ObjectNames {

    private static final Set<String> ELSEWHERE = Set.of(
            "namespaces",
            "nodes",
            "pods",
            "services",
            "deployments.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "replicasets.apps",
            "jobs.batch",
            "cronjobs.batch",
            "ingresses.networking.k8s.io",
            "networkpolicies.networking.k8s.io",
            "poddisruptionbudgets.policy",
            "targetgroupbindings.elbv2.k8s.aws",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingadmissionpolicies.admissionregistration.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
            "apiservices.apiregistration.k8s.io",
            "clusterpolicies.kyverno.io",
            "applications.argoproj.io",
            "applicationsets.argoproj.io",
            "nodepools.karpenter.sh",
            "ec2nodeclasses.karpenter.k8s.aws",
            "securitygrouppolicies.vpcresources.k8s.aws",
            "eniconfigs.crd.k8s.amazonaws.com",
            "ciliumnodeconfigs.cilium.io",
            "persistentvolumes",
            "persistentvolumeclaims");

    private static final Set<String> WRITTEN_BY_MACHINES = Set.of(
            "events",
            "events.events.k8s.io",
            "endpoints",
            "endpointslices.discovery.k8s.io",
            "leases.coordination.k8s.io",
            "controllerrevisions.apps",
            "replicationcontrollers",
            "podtemplates",
            "csinodes.storage.k8s.io",
            "csistoragecapacities.storage.k8s.io",
            "volumeattachments.storage.k8s.io",
            "ciliumendpoints.cilium.io",
            "ciliumidentities.cilium.io",
            "ciliumnodes.cilium.io",
            "cninodes.vpcresources.k8s.aws",
            "policyendpoints.networking.k8s.aws",
            "certificatesigningrequests.certificates.k8s.io",
            "ipaddresses.networking.k8s.io",
            "flowschemas.flowcontrol.apiserver.k8s.io",
            "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io");

    private static final Set<String> WHOLE = Set.of("IngressClass", "ClusterRoleBinding");

    private final KubeApi api;
    private final Collected out;

    ObjectNames(KubeApi api, Collected out) {
        this.api = api;
        this.out = out;
    }

    /** A kind that is served. */
    private record Served(KubeResource resource, String apiVersion, String kind) {}

    void read() {
        for (Served served : served()) {
            out.addAll(out.list(
                    Part.OBJECTS,
                    served.resource().toString(),
                    () -> WHOLE.contains(served.kind())
                            ? api.list(served.resource(), "", tree -> named(tree, served))
                            : api.names(served.resource(), tree -> named(tree, served))));
        }
    }

    /** ConfigMaps that are read whole are another part. */
    private static Stream<NamedObject> named(Map<String, Object> tree, Served served) {
        NamedObject object = KubeProjection.namedObject(tree, served.apiVersion(), served.kind());
        boolean whole = object.objectKind().equals("ConfigMap")
                && KubeProjection.readsConfigMap(object.namespace(), object.name());
        return whole ? Stream.empty() : Stream.of(object);
    }

    private List<Served> served() {
        List<Served> served = new ArrayList<>(in("/api/v1", "", "v1"));
        out.list(Part.OBJECTS, "API groups", () -> Tree.maps(api.discover("/apis"), "groups"))
                .forEach(group -> {
                    String name = Tree.text(group, "name").orElse("");
                    String version =
                            Tree.text(group, "preferredVersion", "version").orElse("");
                    served.addAll(in("/apis/" + name + "/" + version, name, version));
                });
        return served;
    }

    private List<Served> in(String path, String group, String version) {
        String apiVersion = group.isEmpty() ? version : group + "/" + version;
        return out.list(Part.OBJECTS, "kinds of " + apiVersion, () -> resources(path)).stream()
                .filter(r -> kept(r, group))
                .map(r -> new Served(
                        KubeResource.of(group, version, Tree.text(r, "name").orElse("")),
                        apiVersion,
                        Tree.text(r, "kind").orElse("")))
                .toList();
    }

    private List<Map<String, Object>> resources(String path) {
        try {
            return Tree.maps(api.discover(path), "resources");
        } catch (CallFailure failure) {
            // the group went away between the two questions
            if (failure.is(Fault.Kind.NOT_FOUND) || failure.is(Fault.Kind.NO_SUCH_API)) {
                return List.of();
            }
            throw failure;
        }
    }

    private static boolean kept(Map<String, Object> resource, String group) {
        String plural = Tree.text(resource, "name").orElse("");
        String name = group.isEmpty() ? plural : plural + "." + group;
        List<String> verbs = Tree.texts(resource, "verbs");
        return !plural.contains("/")
                && verbs.contains("list")
                && verbs.contains("create")
                && !ELSEWHERE.contains(name)
                && !WRITTEN_BY_MACHINES.contains(name);
    }
}
