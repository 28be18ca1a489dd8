package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which objects a request is about, by their labels and fields.
 *
 * <p>Source: Kubernetes documentation, Labels and Selectors (API) and Field Selectors.
 *
 * @param labels a label selector as objects write it
 */
record Selection(Map<String, Object> labels, List<Field> fields) {
    private static final String KEY = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?";
    private static final Pattern EQUALITY = Pattern.compile("(" + KEY + ")\\s*(=|==|!=)\\s*([-A-Za-z0-9_.]*)");
    private static final Pattern SET = Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s+\\(([^()]*)\\)");
    private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*(" + KEY + ")");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z.]+)(=|==|!=)([^=!]*)");
    private static final Pattern BETWEEN_REQUIREMENTS = Pattern.compile(",(?![^(]*\\))");

    Selection {
        Objects.requireNonNull(labels, "labels");
        fields = List.copyOf(fields);
    }

    /** What a field must be, or must not be. */
    record Field(String path, boolean equal, String value) {
        boolean holds(Map<String, Object> object) {
            String there =
                    Tree.text(object, path.split("\\.", -1)).orElse(path.equals("spec.unschedulable") ? "false" : "");
            return there.equals(value) == equal;
        }
    }

    /** The selection of a request for objects of a kind. */
    static Selection of(ApiCall call, ApiResource resource) {
        return new Selection(
                labels(call.parameter("labelSelector").orElse("")),
                fields(call.parameter("fieldSelector").orElse(""), resource));
    }

    /** The same for the object of that name only; an empty one is any. */
    Selection named(String name) {
        return name.isEmpty()
                ? this
                : new Selection(
                        labels,
                        Stream.concat(fields.stream(), Stream.of(new Field("metadata.name", true, name)))
                                .toList());
    }

    boolean everything() {
        return labels.isEmpty() && fields.isEmpty();
    }

    boolean matches(Map<String, Object> object) {
        return (labels.isEmpty() || Selectors.matches(labels, Tree.strings(object, "metadata", "labels")))
                && fields.stream().allMatch(f -> f.holds(object));
    }

    private static Map<String, Object> labels(String text) {
        List<Map<String, Object>> requirements = new ArrayList<>();
        for (String requirement : requirements(text)) {
            requirements.add(requirement(requirement));
        }
        return requirements.isEmpty() ? Map.of() : Map.of("matchExpressions", List.copyOf(requirements));
    }

    private static Map<String, Object> requirement(String text) {
        Matcher equality = EQUALITY.matcher(text);
        if (equality.matches()) {
            boolean not = equality.group(3).equals("!=");
            return expression(equality.group(1), not ? "NotIn" : "In", List.of(equality.group(4)));
        }
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            List<String> values = List.of(set.group(4).split(",", -1)).stream()
                    .map(String::strip)
                    .toList();
            return expression(set.group(1), set.group(3).equals("in") ? "In" : "NotIn", values);
        }
        Matcher presence = PRESENCE.matcher(text);
        if (presence.matches()) {
            return expression(presence.group(2), presence.group(1).isEmpty() ? "Exists" : "DoesNotExist", List.of());
        }
        if (text.matches("\\S+\\s*[<>]\\s*\\d+")) {
            throw Refusals.notModelled("label selectors that compare numbers");
        }
        throw Refusals.badRequest("unable to parse requirement: " + text);
    }

    private static Map<String, Object> expression(String key, String operator, List<String> values) {
        return Trees.of("key", key, "operator", operator, "values", values);
    }

    private static List<Field> fields(String text, ApiResource resource) {
        List<Field> fields = new ArrayList<>();
        for (String requirement : requirements(text)) {
            Matcher field = FIELD.matcher(requirement);
            if (!field.matches()) {
                throw Refusals.badRequest("invalid field selector: can't understand '" + requirement + "'");
            }
            if (!known(resource, field.group(1))) {
                throw Refusals.badRequest("field label not supported: " + field.group(1));
            }
            fields.add(new Field(field.group(1), !field.group(2).equals("!="), field.group(3)));
        }
        return fields;
    }

    private static boolean known(ApiResource resource, String path) {
        if (path.equals("metadata.name") || (path.equals("metadata.namespace") && resource.namespaced())) {
            return true;
        }
        List<String> more = switch (resource.kind()) {
            case "Pod" ->
                List.of(
                        "spec.nodeName",
                        "spec.restartPolicy",
                        "spec.schedulerName",
                        "spec.serviceAccountName",
                        "status.phase",
                        "status.podIP",
                        "status.nominatedNodeName");
            case "Node" -> List.of("spec.unschedulable");
            case "Namespace" -> List.of("status.phase");
            case "Secret" -> List.of("type");
            case "Event" ->
                List.of(
                        "involvedObject.kind",
                        "involvedObject.namespace",
                        "involvedObject.name",
                        "involvedObject.uid",
                        "involvedObject.apiVersion",
                        "involvedObject.fieldPath",
                        "reason",
                        "type");
            default -> List.of();
        };
        return more.contains(path);
    }

    private static List<String> requirements(String text) {
        return text.isBlank()
                ? List.of()
                : BETWEEN_REQUIREMENTS.splitAsStream(text).map(String::strip).toList();
    }
}
