package io.cnishift.simulator.front;

import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiResource;
import io.cnishift.simulator.kube.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of the OpenAPI documents as much as clients look up before they write: which parameters a patch takes. There are no schemas.
 *
 * <p>Source: Kubernetes documentation, The Kubernetes API: OpenAPI V3; kubectl asks there whether dry run and field validation
 * are known.
 */
final class OpenApi {
    private static final List<Map<String, Object>> PARAMETERS =
            List.of(parameter("dryRun"), parameter("fieldManager"), parameter("fieldValidation"), parameter("force"));

    private final Catalogue catalogue;

    OpenApi(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** {@code /openapi/v3}. */
    Map<String, Object> index() {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (ApiResource resource : catalogue.resources()) {
            String root = root(resource);
            paths.put(root, Trees.of("serverRelativeURL", "/openapi/v3/" + root));
        }
        return Trees.of("paths", paths);
    }

    /** {@code /openapi/v3/api/v1} and {@code /openapi/v3/apis/GROUP/VERSION}. */
    Optional<Map<String, Object>> document(List<String> path) {
        String root = String.join("/", path);
        Map<String, Object> paths = new LinkedHashMap<>();
        for (ApiResource resource : catalogue.resources()) {
            if (root(resource).equals(root)) {
                String below = resource.namespaced() ? "/namespaces/{namespace}/" : "/";
                paths.put("/" + root + below + resource.plural() + "/{name}", Trees.of("patch", patch(resource)));
            }
        }
        return paths.isEmpty()
                ? Optional.empty()
                : Optional.of(Trees.of(
                        "openapi",
                        "3.0.0",
                        "info",
                        Trees.of("title", "Kubernetes, simulated by cnishift", "version", "unversioned"),
                        "paths",
                        paths));
    }

    private static Map<String, Object> patch(ApiResource resource) {
        return Trees.of(
                "parameters",
                PARAMETERS,
                "responses",
                Trees.of("200", Trees.of("description", "OK")),
                "x-kubernetes-action",
                "patch",
                "x-kubernetes-group-version-kind",
                Trees.of("group", resource.group(), "version", resource.version(), "kind", resource.kind()));
    }

    private static Map<String, Object> parameter(String name) {
        return Trees.of("name", name, "in", "query", "schema", Trees.of("type", "string"));
    }

    private static String root(ApiResource resource) {
        return (resource.group().isEmpty() ? "api/" : "apis/") + resource.apiVersion();
    }
}
