package io.cnishift.simulator.front;

import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiResource;
import io.cnishift.simulator.kube.Catalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is served, for those who ask before they ask. Source: Kubernetes documentation, The Kubernetes API: Discovery API. */
final class Discovery {
    private static final Set<String> ALL =
            Set.of("pods", "services", "daemonsets", "deployments", "replicasets", "statefulsets", "jobs", "cronjobs");
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final Catalogue catalogue;

    Discovery(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** {@code /api}. */
    static Map<String, Object> core() {
        return Trees.of("kind", "APIVersions", "versions", List.of("v1"), "serverAddressByClientCIDRs", List.of());
    }

    /** {@code /apis}. */
    Map<String, Object> groups() {
        List<Map<String, Object>> groups = new ArrayList<>();
        versions().forEach((group, versions) -> {
            if (!group.isEmpty()) {
                groups.add(group(group, versions));
            }
        });
        return Trees.of("kind", "APIGroupList", "apiVersion", "v1", "groups", groups);
    }

    /** {@code /apis/GROUP}. */
    Optional<Map<String, Object>> group(String name) {
        return Optional.ofNullable(versions().get(name))
                .map(v -> Trees.with(Trees.with(group(name, v), "APIGroup", "kind"), "v1", "apiVersion"));
    }

    /** {@code /api/v1} and {@code /apis/GROUP/VERSION}. */
    Optional<Map<String, Object>> resources(String group, String version) {
        List<ApiResource> of = catalogue.resources().stream()
                .filter(r -> r.group().equals(group) && r.version().equals(version))
                .toList();
        if (of.isEmpty()) {
            return Optional.empty();
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        for (ApiResource resource : of) {
            entries.add(entry(resource));
            resource.subresources().forEach(s -> entries.add(below(resource, s)));
        }
        return Optional.of(Trees.of(
                "kind",
                "APIResourceList",
                "apiVersion",
                "v1",
                "groupVersion",
                of.get(0).apiVersion(),
                "resources",
                entries));
    }

    /** By group, in the order of the catalogue: the first version of a group is the preferred one. */
    private Map<String, Set<String>> versions() {
        Map<String, Set<String>> versions = new LinkedHashMap<>();
        for (ApiResource resource : catalogue.resources()) {
            versions.computeIfAbsent(resource.group(), g -> new LinkedHashSet<>())
                    .add(resource.version());
        }
        return versions;
    }

    private static Map<String, Object> group(String name, Set<String> versions) {
        List<Map<String, Object>> written = versions.stream()
                .map(v -> Trees.of("groupVersion", name + "/" + v, "version", v))
                .toList();
        return Trees.of("name", name, "versions", written, "preferredVersion", written.get(0));
    }

    private static Map<String, Object> entry(ApiResource resource) {
        return Trees.of(
                "name",
                resource.plural(),
                "singularName",
                resource.singular(),
                "namespaced",
                resource.namespaced(),
                "kind",
                resource.kind(),
                "verbs",
                VERBS,
                "shortNames",
                resource.shortNames().isEmpty() ? null : resource.shortNames(),
                "categories",
                ALL.contains(resource.plural()) ? List.of("all") : null);
    }

    private static Map<String, Object> below(ApiResource resource, String subresource) {
        boolean eviction = subresource.equals("eviction");
        boolean scale = subresource.equals("scale");
        return Trees.of(
                "name",
                resource.plural() + "/" + subresource,
                "singularName",
                "",
                "namespaced",
                resource.namespaced(),
                "group",
                eviction ? "policy" : scale ? "autoscaling" : null,
                "version",
                eviction || scale ? "v1" : null,
                "kind",
                eviction ? "Eviction" : scale ? "Scale" : resource.kind(),
                "verbs",
                eviction ? List.of("create") : List.of("get", "patch", "update"));
    }
}
