package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.kube.ApiResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The columns in which a server shows the objects of a kind: those that people look at during a migration as a real server has
 * them, of other kinds name and age.
 *
 * <p>Source: pkg/printers/internalversion/printers.go.
 */
final class Columns {
    private static final Column NAME = column("Name", o -> text(o, "metadata", "name"));
    private static final Column AGE = new Column(
            "Age",
            false,
            (o, now) -> Tree.text(o, "metadata", "creationTimestamp")
                    .map(t -> age(Duration.between(Instant.parse(t), now)))
                    .orElse("<unknown>"));
    private static final List<Column> WORKLOAD = List.of(
            column("Ready", o -> number(o, "status", "readyReplicas") + "/" + Tree.number(o, 1, "spec", "replicas")),
            column("Up-to-date", o -> number(o, "status", "updatedReplicas")),
            column("Available", o -> number(o, "status", "availableReplicas")));

    private Columns() {}

    /**
     * One column.
     *
     * @param wide whether only a wide table shows it
     * @param cell what stands in it for an object at a time
     */
    record Column(String name, boolean wide, BiFunction<Map<String, Object>, Instant, Object> cell) {
        Column {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(cell, "cell");
        }
    }

    static List<Column> of(ApiResource resource) {
        List<Column> columns = new ArrayList<>(List.of(NAME));
        columns.addAll(ofKind(resource.kind()));
        columns.add(AGE);
        switch (resource.kind()) {
            case "Pod" -> {
                columns.add(wide("IP", o -> orNone(text(o, "status", "podIP"))));
                columns.add(wide("Node", o -> orNone(text(o, "spec", "nodeName"))));
            }
            case "Node" -> columns.add(wide("Internal-IP", o -> orNone(internalAddress(o))));
            default -> {}
        }
        return columns;
    }

    private static List<Column> ofKind(String kind) {
        return switch (kind) {
            case "Pod" ->
                List.of(
                        column("Ready", PodCells::ready),
                        column("Status", PodCells::status),
                        column("Restarts", PodCells::restarts));
            case "Node" -> List.of(column("Status", Columns::nodeStatus), column("Roles", Columns::roles));
            case "Namespace" -> List.of(column("Status", o -> text(o, "status", "phase")));
            case "Deployment" -> WORKLOAD;
            case "StatefulSet" -> WORKLOAD.subList(0, 1);
            case "ReplicaSet" ->
                List.of(
                        column("Desired", o -> Tree.number(o, 1, "spec", "replicas")),
                        column("Current", o -> number(o, "status", "replicas")),
                        column("Ready", o -> number(o, "status", "readyReplicas")));
            case "DaemonSet" ->
                List.of(
                        column("Desired", o -> number(o, "status", "desiredNumberScheduled")),
                        column("Current", o -> number(o, "status", "currentNumberScheduled")),
                        column("Ready", o -> number(o, "status", "numberReady")),
                        column("Up-to-date", o -> number(o, "status", "updatedNumberScheduled")),
                        column("Available", o -> number(o, "status", "numberAvailable")));
            case "PodDisruptionBudget" ->
                List.of(
                        column("Min Available", o -> orNot(text(o, "spec", "minAvailable"))),
                        column("Max Unavailable", o -> orNot(text(o, "spec", "maxUnavailable"))),
                        column("Allowed Disruptions", o -> number(o, "status", "disruptionsAllowed")));
            default -> List.of();
        };
    }

    private static String nodeStatus(Map<String, Object> node) {
        boolean ready = Tree.maps(node, "status", "conditions").stream()
                .anyMatch(c -> "Ready".equals(c.get("type")) && "True".equals(c.get("status")));
        return (ready ? "Ready" : "NotReady") + (Tree.flag(node, "spec", "unschedulable") ? ",SchedulingDisabled" : "");
    }

    private static String roles(Map<String, Object> node) {
        String prefix = "node-role.kubernetes.io/";
        return orNone(Tree.map(node, "metadata", "labels").keySet().stream()
                .filter(k -> k.startsWith(prefix))
                .map(k -> k.substring(prefix.length()))
                .sorted()
                .collect(Collectors.joining(",")));
    }

    private static String internalAddress(Map<String, Object> node) {
        return Tree.maps(node, "status", "addresses").stream()
                .filter(a -> "InternalIP".equals(a.get("type")))
                .map(a -> text(a, "address"))
                .findFirst()
                .orElse("");
    }

    /** As kubectl writes it: coarser, the older it is. */
    private static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        long minutes = seconds / 60;
        long hours = minutes / 60;
        if (seconds < 120) {
            return seconds + "s";
        }
        if (minutes < 10) {
            return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
        }
        if (hours < 3) {
            return minutes + "m";
        }
        if (hours < 8) {
            return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
        }
        return hours < 48 ? hours + "h" : hours / 24 + "d";
    }

    private static Column column(String name, Function<Map<String, Object>, Object> cell) {
        return new Column(name, false, (o, now) -> cell.apply(o));
    }

    private static Column wide(String name, Function<Map<String, Object>, Object> cell) {
        return new Column(name, true, (o, now) -> cell.apply(o));
    }

    private static String text(Map<String, Object> object, String... path) {
        return Tree.text(object, path).orElse("");
    }

    private static long number(Map<String, Object> object, String... path) {
        return Tree.number(object, 0, path);
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }

    private static String orNot(String text) {
        return text.isEmpty() ? "N/A" : text;
    }
}
