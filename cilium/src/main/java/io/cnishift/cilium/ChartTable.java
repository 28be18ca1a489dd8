package io.cnishift.cilium;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The two tables of chart values on the class path, read once. */
final class ChartTable {

    /** Names of one line 1.x with what they are, by line. */
    static final Map<Integer, SortedMap<String, ValueSpec>> VALUES = values();

    /** Names that are gone, with the first line that lacks them. */
    static final Map<String, Removed> REMOVED = removed();

    /** A line of the second table. */
    record Removed(int minor, RemovedValue value) {}

    private static final String NOTHING = "~";

    private static final String TOO_LONG = "~~";

    private ChartTable() {}

    private static Map<Integer, SortedMap<String, ValueSpec>> values() {
        Map<Integer, SortedMap<String, ValueSpec>> byMinor = new TreeMap<>();
        for (List<String> columns : rows("chart-values.tsv")) {
            ValueSpec spec = spec(columns);
            for (String minor : columns.get(2).split(",", -1)) {
                byMinor.computeIfAbsent(Integer.valueOf(minor), any -> new TreeMap<>())
                        .put(spec.name(), spec);
            }
        }
        byMinor.replaceAll((minor, specs) -> Collections.unmodifiableSortedMap(specs));
        return Collections.unmodifiableMap(byMinor);
    }

    private static ValueSpec spec(List<String> columns) {
        String byDefault = columns.size() > 3 ? columns.get(3) : "";
        return new ValueSpec(
                columns.get(0),
                Arrays.stream(columns.get(1).split("\\|", -1))
                        .map(ValueType::of)
                        .collect(Collectors.toSet()),
                byDefault.equals(NOTHING) || byDefault.equals(TOO_LONG) ? Optional.empty() : Optional.of(byDefault));
    }

    private static Map<String, Removed> removed() {
        return rows("chart-removed.tsv").stream()
                .map(columns -> new Removed(
                        Integer.parseInt(columns.get(1)),
                        new RemovedValue(
                                columns.get(0),
                                "1." + columns.get(1),
                                RemovedValue.Effect.valueOf(columns.get(2).toUpperCase(Locale.ROOT)),
                                columns.get(3))))
                .collect(Collectors.toUnmodifiableMap(row -> row.value().name(), Function.identity()));
    }

    static List<List<String>> rows(String resource) {
        InputStream stream = ChartTable.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("the table " + resource + " is not on the class path");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + resource + " cannot be read", e);
        }
    }
}
