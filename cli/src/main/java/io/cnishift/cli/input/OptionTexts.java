package io.cnishift.cli.input;

import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Suggestion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Options of strategies from {@code .cnishift.yaml}, an options file and {@code --set}, the later ones stronger.
 *
 * <p>{@code --set ID.NAME=VALUE} addresses a strategy. {@code --set NAME=VALUE} is for the strategy chosen and an error where
 * none is. A name with a further dot is the key of an option with free keys ({@code surge.GROUP=2}).
 */
public final class OptionTexts {

    /** The key of a value that was given for all, beside values for some. */
    private static final String ALL = "all";

    private final Map<String, Map<String, Object>> byStrategy = new LinkedHashMap<>();
    private final Collection<String> ids;
    private final Optional<String> chosen;

    /**
     * Starts without options.
     *
     * @param ids of all strategies
     * @param chosen the strategy that unprefixed names are for
     */
    public OptionTexts(Collection<String> ids, Optional<String> chosen) {
        this.ids = List.copyOf(ids);
        this.chosen = Objects.requireNonNull(chosen);
    }

    /** Adds a document with one section for each strategy. */
    public OptionTexts sections(Map<String, Object> document, String where) {
        document.forEach((id, section) -> {
            if (!ids.contains(id)) {
                throw MigrationException.user(
                        "CLI-UNKNOWN-STRATEGY",
                        where + " has options for '" + id + "', which is no strategy",
                        "name one of " + String.join(", ", ids));
            }
            if (!(section instanceof Map<?, ?> options)) {
                throw MigrationException.user(
                        "CLI-BAD-FILE", where + ": the options of " + id + " are no map", "write NAME: VALUE below it");
            }
            options.forEach((name, value) -> put(id, String.valueOf(name), value));
        });
        return this;
    }

    /** Adds what {@code --set} gave. */
    public OptionTexts set(List<String> pairs) {
        pairs.forEach(this::set);
        return this;
    }

    private void set(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw MigrationException.user("CLI-USAGE", "--set " + pair + " has no value", "write --set NAME=VALUE");
        }
        String name = pair.substring(0, equals);
        String value = pair.substring(equals + 1);
        Optional<String> prefix =
                ids.stream().filter(id -> name.startsWith(id + ".")).findFirst();
        String id = prefix.or(() -> chosen).orElseThrow(() -> withoutStrategy(name, value));
        chosen.filter(c -> !c.equals(id)).ifPresent(c -> {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "--set " + name + " is for strategy " + id + ", but " + c + " was chosen",
                    "leave it out, or choose --strategy " + id);
        });
        put(id, prefix.map(p -> name.substring(p.length() + 1)).orElse(name), value);
    }

    private MigrationException withoutStrategy(String name, String value) {
        String first = name.substring(0, Math.max(0, name.indexOf('.')));
        return Suggestion.nearest(first, ids)
                .filter(near -> !first.isEmpty())
                .map(near -> MigrationException.user(
                        "CLI-UNKNOWN-STRATEGY",
                        "--set " + name + ": there is no strategy '" + first + "'",
                        "did you mean " + near + "?"))
                .orElseGet(() -> MigrationException.user(
                        "CLI-USAGE",
                        "--set " + name + " does not say which strategy it is for"
                                + (first.isEmpty() ? "" : ", and '" + first + "' is none"),
                        "write --set ID." + name + "=" + value + " with the id of a strategy"));
    }

    private void put(String id, String name, Object value) {
        Map<String, Object> options = byStrategy.computeIfAbsent(id, i -> new LinkedHashMap<>());
        int dot = name.indexOf('.');
        if (dot < 0) {
            options.put(
                    name,
                    options.get(name) instanceof Map<?, ?> some && !(value instanceof Map<?, ?>)
                            ? with(some, ALL, value)
                            : value);
            return;
        }
        String head = name.substring(0, dot);
        Object before = options.get(head);
        Map<?, ?> some = before instanceof Map<?, ?> map ? map : before == null ? Map.of() : Map.of(ALL, before);
        options.put(head, with(some, name.substring(dot + 1), value));
    }

    private static Map<String, Object> with(Map<?, ?> map, String key, Object value) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        map.forEach((k, v) -> keyed.put(String.valueOf(k), v));
        keyed.put(key, value);
        return keyed;
    }

    /** The options by strategy, then by name. */
    public Map<String, Map<String, Object>> byStrategy() {
        return Map.copyOf(byStrategy);
    }
}
