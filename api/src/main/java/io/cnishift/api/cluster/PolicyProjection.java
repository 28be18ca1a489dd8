package io.cnishift.api.cluster;

import io.cnishift.api.cluster.AdmissionPolicy.Engine;
import io.cnishift.api.cluster.AdmissionPolicy.Forbidden;
import io.cnishift.api.cluster.AdmissionPolicy.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules of policy engines, by the patterns of their own libraries: Kyverno's {@code disallow-host-namespaces} and
 * {@code disallow-host-ports} and its Pod Security rules, Gatekeeper's {@code K8sPSPHostNetworkingPorts}. A rule whose
 * conditions are more than namespaces and names is not understood. Source: kyverno/policies pod-security,
 * open-policy-agent/gatekeeper-library pod-security-policy.
 */
final class PolicyProjection {

    private static final Set<String> UNDERSTOOD = Set.of("kinds", "namespaces", "names", "name", "operations");

    private PolicyProjection() {}

    /** The rules of a Kyverno ClusterPolicy or Policy that are about pods. */
    static List<AdmissionPolicy> kyverno(Map<String, ?> tree) {
        String action = Tree.text(tree, "spec", "validationFailureAction").orElse("Audit");
        return Tree.maps(tree, "spec", "rules").stream()
                .filter(r -> r.containsKey("validate"))
                .filter(r -> kinds(r).anyMatch(k -> k.equals("Pod") || k.endsWith("/Pod") || k.equals("*")))
                .map(r -> kyverno(
                        tree, r, Tree.text(r, "validate", "failureAction").orElse(action)))
                .toList();
    }

    private static AdmissionPolicy kyverno(Map<String, ?> tree, Map<String, Object> rule, String action) {
        List<Map<String, Object>> match = filters(rule, "match");
        List<Map<String, Object>> exclude = filters(rule, "exclude");
        boolean simple = !rule.containsKey("preconditions")
                && !rule.containsKey("celPreconditions")
                && Stream.concat(match.stream(), exclude.stream()).allMatch(PolicyProjection::simple);
        String namespace = Meta.namespace(tree);
        List<Scope> matched = match.stream().map(PolicyProjection::scope).toList();
        return new AdmissionPolicy(
                Engine.KYVERNO,
                namespace.isEmpty() ? Meta.name(tree) : namespace + "/" + Meta.name(tree),
                Tree.text(rule, "name").orElse(""),
                simple ? List.copyOf(forbids(Tree.map(rule, "validate"))) : List.of(),
                namespace.isEmpty()
                        ? matched.stream().anyMatch(Scope::everything) ? List.of() : matched
                        : List.of(new Scope(List.of(namespace), List.of())),
                exclude.stream().map(PolicyProjection::scope).toList(),
                action.equalsIgnoreCase("Enforce"),
                Tree.text(rule, "validate", "message").orElse(""));
    }

    private static Set<Forbidden> forbids(Map<String, Object> validate) {
        Set<Forbidden> all = EnumSet.noneOf(Forbidden.class);
        String level = Tree.text(validate, "podSecurity", "level").orElse("privileged");
        // exceptions to single controls are conditions that are not understood
        boolean whole = Tree.list(validate, "podSecurity", "exclude").isEmpty();
        Map<String, Object> spec = Tree.map(validate, "pattern", "spec");
        if ((whole && !level.equals("privileged")) || isNo(spec, "hostNetwork")) {
            all.add(Forbidden.HOST_NETWORK);
        }
        if ((whole && !level.equals("privileged")) || forbidsPorts(spec)) {
            all.add(Forbidden.HOST_PORTS);
        }
        return all;
    }

    private static boolean forbidsPorts(Map<String, Object> spec) {
        return under(spec, "containers")
                .flatMap(c -> under(c, "ports"))
                .anyMatch(p -> p.entrySet().stream()
                        .anyMatch(e -> bare(e.getKey()).equals("hostPort")
                                && String.valueOf(e.getValue()).equals("0")));
    }

    private static boolean isNo(Map<String, Object> spec, String field) {
        return spec.entrySet().stream()
                .anyMatch(e -> bare(e.getKey()).equals(field)
                        && String.valueOf(e.getValue()).equals("false"));
    }

    private static Stream<Map<String, Object>> under(Map<String, Object> tree, String field) {
        return tree.keySet().stream().filter(k -> bare(k).equals(field)).flatMap(k -> Tree.maps(tree, k).stream());
    }

    /** A key without its anchor: {@code =(hostNetwork)} is about hostNetwork. */
    private static String bare(String key) {
        return key.replaceFirst("^[=+X^<]?\\((.*)\\)$", "$1");
    }

    private static Stream<String> kinds(Map<String, Object> rule) {
        return filters(rule, "match").stream().flatMap(f -> Tree.texts(f, "resources", "kinds").stream());
    }

    private static List<Map<String, Object>> filters(Map<String, Object> rule, String side) {
        Map<String, Object> block = Tree.map(rule, side);
        List<Map<String, Object>> filters = new ArrayList<>(Tree.maps(block, "any"));
        List<Map<String, Object>> all = Tree.maps(block, "all");
        if (all.size() == 1) {
            filters.addAll(all);
        } else if (all.size() > 1) {
            // all of several at once is more than a scope says
            filters.add(Map.of("all", all));
        }
        if (block.containsKey("resources")) {
            filters.add(block);
        }
        return filters;
    }

    private static boolean simple(Map<String, Object> filter) {
        return filter.keySet().equals(Set.of("resources"))
                && UNDERSTOOD.containsAll(Tree.map(filter, "resources").keySet());
    }

    private static Scope scope(Map<String, Object> filter) {
        List<String> names = new ArrayList<>(Tree.texts(filter, "resources", "names"));
        Tree.text(filter, "resources", "name").ifPresent(names::add);
        return new Scope(Tree.texts(filter, "resources", "namespaces"), names);
    }

    /** A constraint of Gatekeeper's template about the host's network and ports. */
    static AdmissionPolicy gatekeeper(Map<String, ?> tree) {
        Map<String, Object> match = Tree.map(tree, "spec", "match");
        Map<String, Object> parameters = Tree.map(tree, "spec", "parameters");
        boolean simple =
                Set.of("kinds", "namespaces", "excludedNamespaces", "scope").containsAll(match.keySet())
                        && Tree.list(parameters, "exemptImages").isEmpty();
        Set<Forbidden> forbids = EnumSet.noneOf(Forbidden.class);
        if (simple && !Tree.flag(parameters, "hostNetwork")) {
            forbids.add(Forbidden.HOST_NETWORK);
        }
        if (simple && Tree.number(parameters, 1, "max") == 0) {
            forbids.add(Forbidden.HOST_PORTS);
        }
        List<String> only = Tree.texts(match, "namespaces");
        List<String> except = Tree.texts(match, "excludedNamespaces");
        return new AdmissionPolicy(
                Engine.GATEKEEPER,
                Meta.name(tree),
                "",
                List.copyOf(forbids),
                only.isEmpty() ? List.of() : List.of(new Scope(only, List.of())),
                except.isEmpty() ? List.of() : List.of(new Scope(except, List.of())),
                Tree.text(tree, "spec", "enforcementAction").orElse("deny").equals("deny"),
                "");
    }
}
