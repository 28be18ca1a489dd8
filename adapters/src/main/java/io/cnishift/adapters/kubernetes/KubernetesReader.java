package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.adapters.reading.PartReader;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NodePoolProjection;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Reading;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the Kubernetes side of a cluster: every kind by paged lists over all namespaces, so the number of requests grows with
 * pages and never with nodes. A custom resource that the cluster does not have gives nothing; one that may not be listed is
 * unknown, with verb and resource.
 *
 * <p>It also has a share in the node groups, which otherwise come from AWS: NodePools of Karpenter exist here only.
 */
final class KubernetesReader implements PartReader, KubernetesFacts {

    static final KubeResource BINDINGS = KubeResource.custom("elbv2.k8s.aws", "targetgroupbindings");

    static final KubeResource NODE_POOLS = KubeResource.custom("karpenter.sh", "nodepools");
    static final KubeResource EC2_NODE_CLASSES = KubeResource.custom("karpenter.k8s.aws", "ec2nodeclasses");

    static final String SYSTEM = "kube-system";
    static final KubeResource SLICES = KubeResource.of("discovery.k8s.io", "v1", "endpointslices");
    static final KubeResource VOLUMES = KubeResource.core("persistentvolumes");
    static final KubeResource ATTACHMENTS = KubeResource.of("storage.k8s.io", "v1", "volumeattachments");
    private static final List<KubeResource> NODE_CLASSES =
            List.of(EC2_NODE_CLASSES, KubeResource.custom("eks.amazonaws.com", "nodeclasses"));

    private final KubeApi api;
    private final Supplier<Optional<String>> url;

    /** @param url of the API server, where it is known without EKS */
    KubernetesReader(KubeApi api, Supplier<Optional<String>> url) {
        this.api = api;
        this.url = url;
    }

    @Override
    public Reading read(Set<Part> parts) {
        Collected out = new Collected();
        Discovery discovery = new Discovery(api);
        for (Part part : parts) {
            switch (part) {
                case ENDPOINTS -> endpoints(out);
                case VOLUMES -> volumes(out);
                case CONFIG_MAPS -> configMaps(out);
                case NODE_GROUPS -> nodePools(discovery, out);
                case OBJECTS -> new ObjectNames(api, out).read();
                default -> Sources.of(part).forEach(source -> list(part, source, discovery, out));
            }
        }
        return out.reading();
    }

    @Override
    public Reading read(Set<Part> parts, Runnable between) {
        return new KubernetesReader(api.between(between), url).read(parts);
    }

    private void list(Part part, Sources.Source source, Discovery discovery, Collected out) {
        out.attempt(
                        part,
                        source.resource().toString(),
                        () -> discovery
                                .find(source.resource())
                                .map(served -> api.list(served, "", source.projection()))
                                .orElse(List.of()))
                .ifPresent(out::addAll);
    }

    private void endpoints(Collected out) {
        Map<String, List<Map<String, Object>>> slices =
                out.list(Part.ENDPOINTS, SLICES.toString(), () -> api.list(SLICES, "", Stream::of)).stream()
                        .filter(slice -> KubeProjection.serviceOf(slice).isPresent())
                        .sorted((a, b) -> name(a).compareTo(name(b)))
                        .collect(Collectors.groupingBy(
                                slice -> KubeProjection.serviceOf(slice).orElseThrow(),
                                LinkedHashMap::new,
                                Collectors.toList()));
        slices.forEach((service, of) -> out.add(KubeProjection.endpoints(service, of)));
    }

    private void volumes(Collected out) {
        Map<String, List<Map<String, Object>>> attachments =
                out.list(Part.VOLUMES, ATTACHMENTS.toString(), () -> api.list(ATTACHMENTS, "", Stream::of)).stream()
                        .collect(Collectors.groupingBy(tree -> Tree.text(tree, "spec", "source", "persistentVolumeName")
                                .orElse("")));
        out.addAll(out.list(
                Part.VOLUMES,
                VOLUMES.toString(),
                () -> api.list(
                        VOLUMES,
                        "",
                        tree -> Stream.of(KubeProjection.volume(
                                tree, current(attachments.getOrDefault(name(tree), List.of())))))));
    }

    /** Of the attachments of a volume the one that stands, else one that is under way. */
    static Optional<Map<String, Object>> current(List<Map<String, Object>> attachments) {
        return attachments.stream()
                .min(Comparator.<Map<String, Object>, Boolean>comparing(a -> !Tree.flag(a, "status", "attached"))
                        .thenComparing(KubernetesReader::name));
    }

    private void configMaps(Collected out) {
        for (String name : ConfigMap.READ) {
            out.attempt(Part.CONFIG_MAPS, SYSTEM + "/" + name, () -> api.get("configmaps", SYSTEM, name))
                    .flatMap(found -> found)
                    .ifPresent(tree -> out.add(KubeProjection.configMap(tree)));
        }
    }

    private void nodePools(Discovery discovery, Collected out) {
        List<Map<String, Object>> pools = trees(Part.NODE_GROUPS, NODE_POOLS, discovery, out);
        if (pools.isEmpty()) {
            return;
        }
        Map<String, Map<String, Object>> classes = new LinkedHashMap<>();
        for (KubeResource resource : NODE_CLASSES) {
            trees(Part.NODE_GROUPS, resource, discovery, out)
                    .forEach(tree -> classes.put(resource.group() + "/" + name(tree), tree));
        }
        for (Map<String, Object> pool : pools) {
            var group = NodePoolProjection.group(pool, classes.getOrDefault(nodeClass(pool), Map.of()));
            if (NodePoolProjection.most(pool, group.instanceTypes()).isEmpty()) {
                out.gap(
                        Part.NODE_GROUPS,
                        "highest node count of NodePool " + group.name(),
                        "its limits do not say it, so its present count of " + group.desiredSize() + " is used",
                        "set spec.limits.nodes, or spec.limits.cpu and a requirement that names instance types");
            }
            out.add(group);
        }
    }

    private List<Map<String, Object>> trees(Part part, KubeResource resource, Discovery discovery, Collected out) {
        return out.list(
                part,
                resource.toString(),
                () -> discovery
                        .find(resource)
                        .map(served -> api.list(served, "", Stream::of))
                        .orElse(List.of()));
    }

    private static String nodeClass(Map<String, Object> pool) {
        return Tree.text(pool, "spec", "template", "spec", "nodeClassRef", "group")
                        .orElse("karpenter.k8s.aws")
                + "/"
                + Tree.text(pool, "spec", "template", "spec", "nodeClassRef", "name")
                        .orElse("");
    }

    private static String name(Map<String, Object> tree) {
        return Tree.text(tree, "metadata", "name").orElse("");
    }

    @Override
    public String kubeSystemUid() {
        return api.get("namespaces", "", SYSTEM)
                .flatMap(namespace -> Tree.text(namespace, "metadata", "uid"))
                .orElse("");
    }

    @Override
    public Optional<Server> server() {
        return url.get().map(found -> new Server(found, version(api.discover("/version"))));
    }

    // EKS writes its minor version with a plus behind it.
    private static String version(Map<String, Object> tree) {
        String minor = Tree.text(tree, "minor").orElse("").replaceAll("[^0-9].*$", "");
        return minor.isEmpty() ? "" : Tree.text(tree, "major").orElse("") + "." + minor;
    }

    @Override
    public Map<String, String> boundTargetGroups() {
        Map<String, String> services = new LinkedHashMap<>();
        new Discovery(api)
                .find(BINDINGS)
                .map(served -> api.list(served, "", tree -> Stream.of(KubeProjection.targetGroupBinding(tree))))
                .orElse(List.<TargetGroupBinding>of())
                .forEach(binding -> services.put(binding.targetGroup(), binding.namespace() + "/" + binding.service()));
        return services;
    }
}
