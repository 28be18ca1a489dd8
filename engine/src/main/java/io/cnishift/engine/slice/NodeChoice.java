package io.cnishift.engine.slice;

import io.cnishift.api.cluster.Selectors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nodes, by what they are: {@code nodegroup=NAME}, {@code zone=ZONE} and {@code selector=LABELS}, or several of these with commas
 * between them, which then all must hold. The selector is one of Kubernetes and comes last, for it may have commas itself.
 *
 * @param zone a zone, or the letter at its end
 * @param selector as written
 */
public record NodeChoice(Optional<String> nodegroup, Optional<String> zone, Optional<String> selector) {

    private static final String FORM =
            "write nodegroup=NAME, zone=ZONE or selector=LABELS, or several with commas between them";
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)");

    public NodeChoice {
        Objects.requireNonNull(nodegroup);
        Objects.requireNonNull(zone);
        Objects.requireNonNull(selector);
        selector.ifPresent(NodeChoice::labels);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static NodeChoice parse(String text) {
        Map<String, String> given = new LinkedHashMap<>();
        String rest = text;
        while (!rest.isEmpty()) {
            boolean last = rest.startsWith("selector=");
            int comma = last ? -1 : rest.indexOf(',');
            String part = comma < 0 ? rest : rest.substring(0, comma);
            rest = comma < 0 ? "" : rest.substring(comma + 1);
            int equal = part.indexOf('=');
            String key = equal < 0 ? part : part.substring(0, equal);
            boolean known = key.equals("nodegroup") || key.equals("zone") || key.equals("selector");
            if (!known || equal == part.length() - 1 || equal < 0) {
                throw new IllegalArgumentException("'" + part + "' chooses no nodes; " + FORM);
            }
            if (given.put(key, part.substring(equal + 1)) != null) {
                throw new IllegalArgumentException(
                        "'" + text + "' gives " + key + " twice, and no node has both; give the option twice instead");
            }
        }
        if (given.isEmpty()) {
            throw new IllegalArgumentException("it chooses no nodes; " + FORM);
        }
        return new NodeChoice(
                Optional.ofNullable(given.get("nodegroup")),
                Optional.ofNullable(given.get("zone")),
                Optional.ofNullable(given.get("selector")));
    }

    /** Whether it means a node of that group and zone with those labels. */
    boolean means(String group, String in, Map<String, String> labels) {
        return nodegroup.filter(g -> !g.equals(group)).isEmpty()
                && zone.filter(z -> !is(z, in)).isEmpty()
                && selector.filter(s -> !Selectors.matches(labels(s), labels)).isEmpty();
    }

    /** Whether its zone, where it has one, is one of these. */
    public boolean inOneOf(Collection<String> zones) {
        return zone.filter(z -> zones.stream().noneMatch(name -> is(z, name))).isEmpty();
    }

    static boolean is(String zone, String name) {
        return name.equals(zone) || (zone.length() == 1 && name.endsWith(zone));
    }

    private static Map<String, Object> labels(String selector) {
        List<Map<String, Object>> expressions = new ArrayList<>();
        for (String term : selector.split(",(?![^(]*\\))", -1)) {
            expressions.add(term(term.trim()));
        }
        return Map.of("matchExpressions", expressions);
    }

    private static Map<String, Object> term(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            List<String> values = List.of(set.group(3).trim().split("\\s*,\\s*", -1));
            return expression(set.group(1), set.group(2).equals("in") ? "In" : "NotIn", values);
        }
        int unequal = term.indexOf("!=");
        if (unequal > 0) {
            return expression(term.substring(0, unequal), "NotIn", List.of(term.substring(unequal + 2)));
        }
        int equal = term.indexOf('=');
        if (equal > 0) {
            String value = term.substring(equal + (term.startsWith("==", equal) ? 2 : 1));
            return expression(term.substring(0, equal), "In", List.of(value));
        }
        boolean not = term.startsWith("!");
        return expression(not ? term.substring(1) : term, not ? "DoesNotExist" : "Exists", List.of());
    }

    private static Map<String, Object> expression(String key, String operator, List<String> values) {
        if (!key.trim().matches("([a-zA-Z0-9.-]+/)?[a-zA-Z0-9._-]+")) {
            throw new IllegalArgumentException("'" + key + "' is no label; write selector=key=value");
        }
        return Map.of("key", key.trim(), "operator", operator, "values", values);
    }

    /** As users write it. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        nodegroup.ifPresent(g -> parts.add("nodegroup=" + g));
        zone.ifPresent(z -> parts.add("zone=" + z));
        selector.ifPresent(s -> parts.add("selector=" + s));
        return String.join(",", parts);
    }
}
