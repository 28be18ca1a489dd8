package io.cnishift.cli.explain;

import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Suggestion;
import io.cnishift.engine.inspect.InspectCode;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Every code that findings and errors carry, with who reports it and what it means. Immutable. */
public final class CodeBook {

    private final Map<String, Explanation> byCode;

    private CodeBook(Map<String, Explanation> byCode) {
        this.byCode = Collections.unmodifiableMap(byCode);
    }

    /**
     * What a code means.
     *
     * @param reportedBy {@code strategy ID}, {@code inspect} or {@code cnishift}
     */
    public record Explanation(String code, String reportedBy, String meaning) {
        public Explanation {
            Objects.requireNonNull(code);
            Objects.requireNonNull(reportedBy);
            Objects.requireNonNull(meaning);
        }
    }

    /** The codes of cnishift and of those strategies. */
    public static CodeBook of(StrategyBook strategies) {
        Map<String, Explanation> byCode = new TreeMap<>();
        own(byCode);
        add(byCode, "steps", BuiltInSteps.codes());
        BuiltInProbes.all()
                .forEach(probe -> add(byCode, "probes", Map.of(probe.code(), "Probe: " + probe.title() + ".")));
        add(byCode, "inspect", InspectCode.explanations());
        for (LoadedStrategy loaded : strategies.all()) {
            add(
                    byCode,
                    "strategy " + loaded.id(),
                    loaded.strategy().descriptor().codes());
            loaded.strategy()
                    .probes()
                    .forEach(probe -> add(
                            byCode, "probes of " + loaded.id(), Map.of(probe.code(), "Probe: " + probe.title() + ".")));
        }
        return new CodeBook(byCode);
    }

    /** All of them, by code. */
    public Map<String, Explanation> all() {
        return byCode;
    }

    /** The explanation of a code, whose letters may be of either case. */
    public Optional<Explanation> find(String code) {
        return byCode.values().stream()
                .filter(e -> e.code().equalsIgnoreCase(code))
                .findFirst();
    }

    /** The explanation of a code that the user gave. */
    public Explanation require(String code) {
        return find(code)
                .orElseThrow(() -> MigrationException.user(
                        "CLI-UNKNOWN-CODE",
                        "there is no code '" + code + "'",
                        Suggestion.nearest(code, byCode.keySet())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("'cnishift explain' lists all")));
    }

    private static void add(Map<String, Explanation> byCode, String by, Map<String, String> meanings) {
        meanings.forEach((code, meaning) -> byCode.merge(
                code,
                new Explanation(code, by, meaning),
                (one, other) -> new Explanation(code, one.reportedBy() + ", " + by, one.meaning())));
    }

    private static void own(Map<String, Explanation> byCode) {
        try (InputStream in = Objects.requireNonNull(CodeBook.class.getResourceAsStream("codes.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(" ", 2))
                    .forEach(parts -> byCode.put(parts[0], new Explanation(parts[0], "cnishift", parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
