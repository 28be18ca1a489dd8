package io.cnishift.it.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of the table: a cluster, a strategy, and what comes of them.
 *
 * @param options that the user has to set there, {@code name=value} with blanks between
 * @param expected how the migration ends, or the first code that refuses it
 */
record Pair(String scenario, String strategy, Map<String, Object> options, String expected, String reason) {

    private static final String TABLE = "/io/cnishift/it/strategies.csv";

    static List<Pair> all() {
        try (InputStream in = Objects.requireNonNull(Pair.class.getResourceAsStream(TABLE));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(Pair::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scenario of the second cluster, where the strategy moves to one. */
    Optional<String> second() {
        return Optional.ofNullable(options.get("to")).map(to -> to.toString().replaceFirst("^sim:", ""));
    }

    boolean feasible() {
        return expected.equals("complete") || expected.equals("hybrid");
    }

    private static Pair parse(String line) {
        String[] cells = line.split(",", 5);
        Map<String, Object> options = Stream.of(cells[2].split(" "))
                .filter(o -> !o.isBlank())
                .map(o -> o.split("=", 2))
                .collect(Collectors.toMap(o -> o[0], o -> o[1]));
        return new Pair(cells[0], cells[1], options, cells[3], cells[4]);
    }

    @Override
    public String toString() {
        return strategy + " on " + scenario + " -> " + expected;
    }
}
