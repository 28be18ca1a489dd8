package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An IAM role that trusts the OIDC issuer of the cluster, so that pods have it by their service account.
 *
 * @param name unique in its account
 * @param trust the policy that says who may take it
 */
public record Role(String name, String arn, Map<String, Object> trust) implements Resource {

    private static final String PROVIDER = ":oidc-provider/";

    public Role {
        Objects.requireNonNull(name);
        Objects.requireNonNull(arn);
        trust = Tree.copy(trust);
    }

    @Override
    public Part part() {
        return Part.ROLES;
    }

    @Override
    public String key() {
        return name;
    }

    /** The statements of its trust policy. */
    public List<Map<String, Object>> statements() {
        return statements(trust);
    }

    /** The statements of a policy, which may be a single one. */
    public static List<Map<String, Object>> statements(Map<String, Object> policy) {
        return policy.get("Statement") instanceof List<?>
                ? Tree.maps(policy, "Statement")
                : policy.containsKey("Statement") ? List.of(Tree.map(policy, "Statement")) : List.of();
    }

    /** Those of these statements that say what none of the others says. */
    public static List<Map<String, Object>> without(
            List<Map<String, Object>> statements, List<Map<String, Object>> others) {
        Set<Object> said = others.stream().map(Role::said).collect(Collectors.toSet());
        return statements.stream().filter(s -> !said.contains(said(s))).toList();
    }

    /** IAM tells lists in an order of its own, and a value by itself means what a list of it means. */
    private static Object said(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> said(e.getValue())));
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.of(String.valueOf(value));
    }

    /**
     * The statements about tokens of an issuer, those that deny something too.
     *
     * @param issuer as {@link #issuer} writes it
     */
    public List<Map<String, Object>> naming(String issuer) {
        return statements().stream()
                .filter(s -> texts(s, "Principal", "Federated").stream().anyMatch(p -> p.endsWith(PROVIDER + issuer)))
                .toList();
    }

    /** The statements by which it trusts an issuer. */
    public List<Map<String, Object>> trusting(String issuer) {
        return naming(issuer).stream()
                .filter(s -> "Allow".equals(s.get("Effect")))
                .toList();
    }

    /** Whether it lets a service account take it by tokens of an issuer. */
    public boolean admits(String issuer, String namespace, String account) {
        return trusting(issuer).stream()
                .anyMatch(s -> admits(s, issuer + ":sub", "system:serviceaccount:" + namespace + ":" + account));
    }

    private static boolean admits(Map<String, Object> statement, String key, String subject) {
        Map<String, Object> condition = Tree.map(statement, "Condition");
        return condition.keySet().stream()
                .filter(operator -> Tree.map(condition, operator).containsKey(key))
                .allMatch(operator -> holds(operator, texts(condition, operator, key), subject));
    }

    /** Of an operator that is not one on strings nothing is known: it excludes nobody. */
    private static boolean holds(String operator, List<String> wanted, String subject) {
        String plain = operator.substring(operator.indexOf(':') + 1);
        if (!plain.startsWith("String")) {
            return true;
        }
        boolean found = wanted.stream().anyMatch(w -> plain.contains("Like") ? like(w, subject) : w.equals(subject));
        return found != plain.startsWith("StringNot");
    }

    private static boolean like(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        pattern.chars().forEach(c -> regex.append(c == '*' ? ".*" : c == '?' ? "." : "\\Q" + (char) c + "\\E"));
        return text.matches(regex.toString());
    }

    private static List<String> texts(Map<String, Object> tree, String... path) {
        return Tree.at(tree, path)
                .map(found -> found instanceof List<?> several
                        ? several.stream().map(String::valueOf).toList()
                        : List.of(String.valueOf(found)))
                .orElse(List.of());
    }

    /** Characters of its trust policy as IAM counts them: without white space. */
    public int length() {
        return length(trust);
    }

    private static int length(Object value) {
        if (value instanceof Map<?, ?> map) {
            int inside = map.entrySet().stream()
                    .mapToInt(e -> length(String.valueOf(e.getKey())) + 1 + length(e.getValue()))
                    .sum();
            return inside + 2 + Math.max(0, map.size() - 1);
        }
        if (value instanceof List<?> list) {
            return list.stream().mapToInt(Role::length).sum() + 2 + Math.max(0, list.size() - 1);
        }
        return String.valueOf(value).replaceAll("\\s", "").length() + (value instanceof String ? 2 : 0);
    }

    /** An issuer's URL as IAM has it in names and conditions. */
    public static String issuer(String url) {
        return url.replaceFirst("^https://", "");
    }
}
