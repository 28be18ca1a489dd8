package io.cnishift.adapters.kubernetes;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The lists that are watched for a part, and how their objects make its records: the same records that
 * {@link KubernetesReader} reads.
 */
record PartLists(List<Watched> lists, PartRecords.Grouping grouping) {

    /**
     * One list.
     *
     * @param namespace empty for all namespaces
     */
    record Watched(KubeResource resource, String namespace, Function<Map<String, Object>, Stream<Item>> items) {}

    /** The lists of a part; empty for a part that is not made of Kubernetes objects alone. */
    static Optional<PartLists> of(Part part) {
        return switch (part) {
            case ENDPOINTS -> Optional.of(new PartLists(List.of(shared(KubernetesReader.SLICES)), new OfService()));
            case VOLUMES ->
                Optional.of(new PartLists(
                        List.of(shared(KubernetesReader.VOLUMES), shared(KubernetesReader.ATTACHMENTS)),
                        new OfVolume()));
            case CONFIG_MAPS -> Optional.of(new PartLists(List.of(configMaps()), new Alone()));
            default -> {
                List<Watched> lists = Sources.of(part).stream()
                        .map(source -> watched(source.resource(), "", source.projection()))
                        .toList();
                yield lists.isEmpty() ? Optional.empty() : Optional.of(new PartLists(lists, new Alone()));
            }
        };
    }

    private static Watched configMaps() {
        return watched(
                KubeResource.core("configmaps"),
                KubernetesReader.SYSTEM,
                tree -> KubeProjection.readsConfigMap(KubernetesReader.SYSTEM, name(tree))
                        ? Stream.of(KubeProjection.configMap(tree))
                        : Stream.empty());
    }

    private static Watched watched(
            KubeResource resource, String namespace, Function<Map<String, Object>, Stream<Resource>> projection) {
        String list = resource.toString();
        return new Watched(
                resource,
                namespace,
                tree -> Stream.of(Item.of(list, tree, projection.apply(tree).toList())));
    }

    private static Watched shared(KubeResource resource) {
        return new Watched(resource, "", tree -> Stream.of(Item.shared(resource.toString(), tree)));
    }

    /** Each object makes its records by itself. */
    private static final class Alone implements PartRecords.Grouping {

        @Override
        public String of(Item item) {
            return item.key();
        }

        @Override
        public List<Resource> records(String group, Collection<Item> items) {
            return items.stream().flatMap(item -> item.records().stream()).toList();
        }
    }

    /** The slices of a Service are its endpoints; those of none are nobody's. */
    private static final class OfService implements PartRecords.Grouping {

        @Override
        public String of(Item item) {
            return KubeProjection.serviceOf(item.tree()).orElse("");
        }

        @Override
        public List<Resource> records(String group, Collection<Item> items) {
            List<Map<String, Object>> slices = items.stream()
                    .map(Item::tree)
                    .sorted(Comparator.comparing(PartLists::name))
                    .toList();
            return group.isEmpty() || slices.isEmpty() ? List.of() : List.of(KubeProjection.endpoints(group, slices));
        }
    }

    /** A volume is known with where it is attached. */
    private static final class OfVolume implements PartRecords.Grouping {

        @Override
        public String of(Item item) {
            return attachment(item)
                    ? Tree.text(item.tree(), "spec", "source", "persistentVolumeName")
                            .orElse("")
                    : name(item.tree());
        }

        @Override
        public List<Resource> records(String group, Collection<Item> items) {
            List<Map<String, Object>> attachments =
                    items.stream().filter(OfVolume::attachment).map(Item::tree).toList();
            return items.stream()
                    .filter(item -> !attachment(item))
                    .<Resource>map(item -> KubeProjection.volume(item.tree(), KubernetesReader.current(attachments)))
                    .toList();
        }

        private static boolean attachment(Item item) {
            return item.list().equals(KubernetesReader.ATTACHMENTS.toString());
        }
    }

    private static String name(Map<String, Object> tree) {
        return Tree.text(tree, "metadata", "name").orElse("");
    }
}
