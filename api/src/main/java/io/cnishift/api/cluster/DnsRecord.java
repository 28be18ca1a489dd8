package io.cnishift.api.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A record set of Route 53 that leads to a load balancer of the cluster, or shares its name and type with one that does.
 *
 * @param zone id of the hosted zone
 * @param name without the dot at its end
 * @param setIdentifier tells records of one name and type apart; empty for a simple one
 * @param weight of a weighted record, 0 to 255
 * @param ttl seconds; empty for an alias, which has none of its own
 * @param values of a record that is no alias
 * @param routing the policy by its name; a plain record is {@code simple}
 */
public record DnsRecord(
        String zone,
        String name,
        String type,
        Optional<String> setIdentifier,
        OptionalInt weight,
        OptionalInt ttl,
        List<String> values,
        Optional<Alias> alias,
        String routing)
        implements Resource {

    /** Seconds for which Route 53 has an alias to a load balancer cached. */
    public static final int ALIAS_TTL = 60;

    /** The target of an alias: a name, and the zone that its service keeps it in. */
    public record Alias(String zone, String name, boolean evaluateHealth) {
        public Alias {
            Objects.requireNonNull(zone);
            Objects.requireNonNull(name);
        }
    }

    public DnsRecord {
        Objects.requireNonNull(zone);
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(setIdentifier);
        Objects.requireNonNull(weight);
        Objects.requireNonNull(ttl);
        values = List.copyOf(values);
        Objects.requireNonNull(alias);
        Objects.requireNonNull(routing);
    }

    @Override
    public Part part() {
        return Part.DNS_RECORDS;
    }

    @Override
    public String key() {
        return zone + "/" + name + "/" + type
                + setIdentifier.map(id -> "/" + id).orElse("");
    }

    /** For how long a resolver goes on with it after it has changed. */
    public int cachedSeconds() {
        return ttl.orElse(ALIAS_TTL);
    }

    /** Whether it leads to that host. */
    public boolean leadsTo(String host) {
        String wanted = plain(host);
        return !wanted.isEmpty()
                && (values.stream().anyMatch(v -> plain(v).equals(wanted))
                        || alias.filter(a -> plain(a.name()).equals(wanted)).isPresent());
    }

    /** A weighted record of the same name that leads there instead. */
    public DnsRecord weighted(String identifier, int share, String host) {
        return new DnsRecord(
                zone,
                name,
                type,
                Optional.of(identifier),
                OptionalInt.of(share),
                alias.isPresent() ? OptionalInt.empty() : ttl,
                alias.isPresent() ? List.of() : List.of(host),
                alias.map(a -> new Alias(a.zone(), host, a.evaluateHealth())),
                "weighted");
    }

    /** The same with another weight. */
    public DnsRecord weighing(int share) {
        return new DnsRecord(zone, name, type, setIdentifier, OptionalInt.of(share), ttl, values, alias, routing);
    }

    /** As a tree, for what stood there before an act. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("zone", zone);
        tree.put("name", name);
        tree.put("type", type);
        setIdentifier.ifPresent(id -> tree.put("setIdentifier", id));
        weight.ifPresent(w -> tree.put("weight", w));
        ttl.ifPresent(t -> tree.put("ttl", t));
        tree.put("values", values);
        alias.ifPresent(a ->
                tree.put("alias", Map.of("zone", a.zone(), "name", a.name(), "evaluateHealth", a.evaluateHealth())));
        tree.put("routing", routing);
        return tree;
    }

    /** The record of a {@link #tree}. */
    public static DnsRecord of(Map<String, Object> tree) {
        Map<String, Object> alias = Tree.map(tree, "alias");
        return new DnsRecord(
                Tree.text(tree, "zone").orElse(""),
                Tree.text(tree, "name").orElse(""),
                Tree.text(tree, "type").orElse(""),
                Tree.text(tree, "setIdentifier"),
                number(tree, "weight"),
                number(tree, "ttl"),
                Tree.texts(tree, "values"),
                alias.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Alias(
                                Tree.text(alias, "zone").orElse(""),
                                Tree.text(alias, "name").orElse(""),
                                Tree.flag(alias, "evaluateHealth"))),
                Tree.text(tree, "routing").orElse("simple"));
    }

    private static OptionalInt number(Map<String, Object> tree, String key) {
        return tree.containsKey(key) ? OptionalInt.of((int) Tree.number(tree, 0, key)) : OptionalInt.empty();
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return bare.startsWith("dualstack.") ? bare.substring("dualstack.".length()) : bare;
    }
}
