package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Objects as the tables that people see. Source: Kubernetes documentation, API concepts: "Receiving resources as Tables".
 */
final class Tables {
    private Tables() {}

    /** Whether a client wants tables rather than objects. */
    static boolean wanted(ApiCall call) {
        return call.header("accept").replace(" ", "").startsWith("application/json;as=Table;v=v1;g=meta.k8s.io");
    }

    /** The table of a list or of one object. */
    static Map<String, Object> of(Map<String, Object> document, ApiResource resource, Instant now) {
        boolean list = document.containsKey("items");
        List<Map<String, Object>> objects = list ? Tree.maps(document, "items") : List.of(document);
        Map<String, Object> metadata = Tree.map(document, "metadata");
        List<Columns.Column> columns = Columns.of(resource);
        return Trees.of(
                "kind",
                "Table",
                "apiVersion",
                "meta.k8s.io/v1",
                "metadata",
                list ? metadata : Trees.of("resourceVersion", metadata.get("resourceVersion")),
                "columnDefinitions",
                columns.stream().map(Tables::definition).toList(),
                "rows",
                objects.stream().map(o -> row(o, columns, now)).toList());
    }

    private static Map<String, Object> definition(Columns.Column column) {
        return Trees.of(
                "name",
                column.name(),
                "type",
                "string",
                "format",
                column.name().equals("Name") ? "name" : "",
                "description",
                column.name(),
                "priority",
                column.wide() ? 1 : 0);
    }

    private static Map<String, Object> row(Map<String, Object> object, List<Columns.Column> columns, Instant now) {
        return Trees.of(
                "cells",
                columns.stream().map(c -> c.cell().apply(object, now)).toList(),
                "object",
                Trees.of(
                        "kind",
                        "PartialObjectMetadata",
                        "apiVersion",
                        "meta.k8s.io/v1",
                        "metadata",
                        Tree.map(object, "metadata")));
    }
}
