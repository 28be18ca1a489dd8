package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NodePoolProjection;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which kinds make the records of which part. */
final class KubeParts {
    /** What nodes and controllers write, and claims, which volumes tell of. */
    private static final Set<String> MACHINES = Set.of(
            "Event",
            "Endpoints",
            "Lease",
            "ControllerRevision",
            "CSINode",
            "NodeClaim",
            "CNINode",
            "PersistentVolumeClaim");

    private final ObjectStore store;
    private final Catalogue catalogue;
    private final ObjectIndex slicesByService;
    private final ObjectIndex attachmentsByVolume;
    private final Map<String, Source> sources = new LinkedHashMap<>();

    KubeParts(ObjectStore store) {
        this.store = store;
        catalogue = new Catalogue(store);
        slicesByService = store.index(
                "EndpointSlice", s -> KubeProjection.serviceOf(s).map(List::of).orElse(List.of()));
        attachmentsByVolume = store.index("VolumeAttachment", KubeParts::volumeNames);
        one("Namespace", Part.NAMESPACES, KubeProjection::namespace);
        one("Node", Part.NODES, KubeProjection::node);
        one("Pod", Part.PODS, KubeProjection::pod);
        for (String kind : List.of("CronJob", "DaemonSet", "Deployment", "Job", "ReplicaSet", "StatefulSet")) {
            many(kind, Part.WORKLOADS, KubeParts::workloads);
        }
        one("Service", Part.SERVICES, KubeProjection::service);
        many("EndpointSlice", Part.ENDPOINTS, this::endpoints);
        one("Ingress", Part.INGRESSES, KubeProjection::ingress);
        one("TargetGroupBinding", Part.TARGET_GROUP_BINDINGS, KubeProjection::targetGroupBinding);
        one("PodDisruptionBudget", Part.BUDGETS, KubeProjection::budget);
        for (String kind : List.of(
                "APIService",
                "CustomResourceDefinition",
                "MutatingWebhookConfiguration",
                "ValidatingWebhookConfiguration")) {
            many(kind, Part.CONTROL_PLANE_CALLS, KubeProjection::controlPlaneCalls);
        }
        for (String kind : PolicyTrees.KINDS) {
            many(kind, Part.ADMISSION_POLICIES, KubeProjection::admissionPolicies);
        }
        one("NetworkPolicy", Part.NETWORK_POLICIES, KubeProjection::networkPolicy);
        one("SecurityGroupPolicy", Part.SECURITY_GROUP_POLICIES, KubeProjection::securityGroupPolicy);
        many("PersistentVolume", Part.VOLUMES, this::present);
        many("VolumeAttachment", Part.VOLUMES, this::attached);
        one("ENIConfig", Part.ENI_CONFIGS, KubeProjection::eniConfig);
        one("NodePool", Part.NODE_POOLS, NodePoolProjection::pool);
        one("EC2NodeClass", Part.NODE_CLASSES, NodePoolProjection::nodeClass);
        one("CiliumNode", Part.CILIUM_NODES, KubeProjection::ciliumNode);
        one("CiliumEndpoint", Part.CILIUM_ENDPOINTS, KubeProjection::ciliumEndpoint);
        one("CiliumNodeConfig", Part.CILIUM_NODE_CONFIGS, KubeProjection::ciliumNodeConfig);
        one("Application", Part.APPLICATIONS, KubeProjection::application);
        one("ApplicationSet", Part.APPLICATIONS, KubeProjection::application);
        many("ConfigMap", Part.CONFIG_MAPS, KubeParts::configMaps);
    }

    /** The records that an object of a kind stands for, with what else they are made of looked up in the store. */
    private record Source(
            Part part, boolean single, Function<Map<String, Object>, ? extends List<? extends Resource>> project) {}

    /** The kinds that make records at all. */
    Collection<String> kinds() {
        return sources.keySet();
    }

    /** The part that a kind's records belong to. */
    Part part(String kind) {
        return source(kind).part();
    }

    /** The records that an object stands for as the store is now. */
    List<? extends Resource> project(Map<String, Object> object) {
        return source(Tree.text(object, "kind").orElse("")).project().apply(object);
    }

    /** The keys of the records that an object stands for, also when it is gone from the store. */
    List<String> keys(Map<String, Object> object) {
        ObjectKey key = Pods.key(object);
        return switch (key.kind()) {
            case "EndpointSlice" ->
                KubeProjection.serviceOf(object).map(List::of).orElse(List.of());
            case "PersistentVolume" -> List.of(key.name());
            default -> project(object).stream().map(Resource::key).toList();
        };
    }

    /** Whether each object of a kind stands for one record of its own, whose key never changes. */
    boolean single(String kind) {
        return source(kind).single();
    }

    /** Whether a record of the part is made of several objects. */
    boolean shared(Part part) {
        return part == Part.ENDPOINTS || part == Part.VOLUMES;
    }

    /** The names of all objects of which only names are read, of those kinds that this API serves. */
    private List<Resource> names() {
        List<Resource> names = new ArrayList<>();
        for (ApiResource served : catalogue.resources()) {
            if (!sources.containsKey(served.kind()) && !MACHINES.contains(served.kind())) {
                store.list(served.kind())
                        .forEach(o -> names.add(KubeProjection.namedObject(o, served.apiVersion(), served.kind())));
            }
        }
        for (String kind : List.of("ConfigMap", "CustomResourceDefinition")) {
            store.list(kind).stream()
                    .filter(o -> !kind.equals("ConfigMap") || configMaps(o).isEmpty())
                    .forEach(o -> names.add(KubeProjection.namedObject(
                            o, Tree.text(o, "apiVersion").orElse("v1"), kind)));
        }
        return names;
    }

    /** All records of a part, each once. */
    List<Resource> all(Part part) {
        if (part == Part.OBJECTS) {
            return names();
        }
        Map<String, Resource> byKey = new LinkedHashMap<>();
        sources.forEach((kind, source) -> {
            if (source.part() == part) {
                store.list(kind).forEach(o -> source.project().apply(o).forEach(r -> byKey.putIfAbsent(r.key(), r)));
            }
        });
        return new ArrayList<>(byKey.values());
    }

    private Source source(String kind) {
        Source source = sources.get(kind);
        if (source == null) {
            throw new IllegalArgumentException("no part is made of kind " + kind);
        }
        return source;
    }

    private void one(String kind, Part part, Function<Map<String, Object>, ? extends Resource> project) {
        sources.put(kind, new Source(part, true, o -> List.of(project.apply(o))));
    }

    private void many(
            String kind, Part part, Function<Map<String, Object>, ? extends List<? extends Resource>> project) {
        sources.put(kind, new Source(part, false, project));
    }

    private static List<Resource> workloads(Map<String, Object> object) {
        // asked once more when it is replaced, for what it stood for
        return KubeProjection.isWorkload(object)
                ? List.of(Tree.known(object, Workload.class, KubeProjection::workload))
                : List.of();
    }

    private static List<Resource> configMaps(Map<String, Object> object) {
        return KubeProjection.readsConfigMap(
                        Pods.key(object).namespace(), Pods.key(object).name())
                ? List.of(KubeProjection.configMap(object))
                : List.of();
    }

    private List<Resource> endpoints(Map<String, Object> slice) {
        return KubeProjection.serviceOf(slice)
                .filter(s -> slicesByService.count(s) > 0)
                .map(s -> List.<Resource>of(KubeProjection.endpoints(s, List.copyOf(slicesByService.of(s)))))
                .orElse(List.of());
    }

    /** A volume while it is there, whatever becomes of its attachments. */
    private List<Resource> present(Map<String, Object> volume) {
        return store.get(Pods.key(volume)).isPresent() ? List.of(volume(volume)) : List.of();
    }

    private Resource volume(Map<String, Object> volume) {
        Stream<Map<String, Object>> attachments =
                attachmentsByVolume.of(Pods.key(volume).name()).stream();
        Optional<Map<String, Object>> attachment =
                attachments.filter(a -> Tree.flag(a, "status", "attached")).findFirst();
        return KubeProjection.volume(volume, attachment);
    }

    private List<Resource> attached(Map<String, Object> attachment) {
        return volumeNames(attachment).stream()
                .flatMap(name -> store.get("PersistentVolume", "", name).stream())
                .map(this::volume)
                .toList();
    }

    private static List<String> volumeNames(Map<String, Object> attachment) {
        return Tree.text(attachment, "spec", "source", "persistentVolumeName")
                .map(List::of)
                .orElse(List.of());
    }
}
