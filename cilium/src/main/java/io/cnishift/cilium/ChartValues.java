package io.cnishift.cilium;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names, types and defaults of the chart's values per line. The chart itself accepts any name and ignores those it does not
 * know, so a misspelt value goes unnoticed unless something compares names with this table.
 */
final class ChartValues {

    /** Maps that the chart copies as they are into Kubernetes objects, so that any key below them is right. */
    private static final Set<String> COPIED_MAPS = Set.of(
            "affinity", "nodeSelector", "podSecurityContext", "resources", "securityContext", "updateStrategy", "hard");

    /** A suggestion further away than this is not one. */
    private static final int FARTHEST = 4;

    private static final int MOST_SUGGESTIONS = 3;

    private ChartValues() {}

    /** Every name of the line, with what it is, in order. */
    public static SortedMap<String, ValueSpec> all(CiliumVersion version) {
        return Objects.requireNonNull(ChartTable.VALUES.get(version.minor()), "no table for the line");
    }

    /** What the chart has under exactly this path. */
    public static Optional<ValueSpec> find(CiliumVersion version, String path) {
        return Optional.ofNullable(all(version).get(path));
    }

    /** Whether the path is a name, an inner map of names, or something below a map with keys of the user's own. */
    public static boolean isKnown(CiliumVersion version, String path) {
        SortedMap<String, ValueSpec> names = all(version);
        return names.containsKey(path) || isInner(names, path) || isBelowOpenMap(version, path);
    }

    /** Whether the path lies below a map whose keys the chart does not prescribe. */
    public static boolean isBelowOpenMap(CiliumVersion version, String path) {
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (isOpenMap(version, path.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the path is a map whose keys the chart does not prescribe. */
    public static boolean isOpenMap(CiliumVersion version, String path) {
        SortedMap<String, ValueSpec> names = all(version);
        ValueSpec spec = names.get(path);
        if (spec != null) {
            return spec.types().contains(ValueType.MAP);
        }
        return COPIED_MAPS.contains(ValuePath.last(path)) && isInner(names, path);
    }

    /** What became of a name that the line no longer has: of itself, or of a map above it. */
    public static Optional<RemovedValue> removed(CiliumVersion version, String path) {
        String name = path;
        while (true) {
            ChartTable.Removed row = ChartTable.REMOVED.get(name);
            if (row != null && version.atLeast(row.minor())) {
                return Optional.of(row.value());
            }
            int dot = name.lastIndexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            name = name.substring(0, dot);
        }
    }

    /** Names that an unknown one may have been meant to be, best first, at most three. */
    public static List<String> suggestions(CiliumVersion version, String unknown) {
        Map<String, Integer> distances = new TreeMap<>();
        all(version).keySet().forEach(name -> {
            int distance = distance(unknown, name);
            if (distance <= FARTHEST) {
                distances.put(name, distance);
            }
        });
        return distances.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_SUGGESTIONS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The last name right and the maps above it wrong or missing is as near as two letters. */
    private static int distance(String unknown, String name) {
        String given = unknown.toLowerCase(Locale.ROOT);
        String known = name.toLowerCase(Locale.ROOT);
        int letters = EditDistance.between(given, known, FARTHEST);
        boolean sameLast = ValuePath.last(given).equals(ValuePath.last(known))
                && ValuePath.last(given).length() > 8;
        return sameLast ? Math.min(letters, 2) : letters;
    }

    private static boolean isInner(SortedMap<String, ValueSpec> names, String path) {
        SortedMap<String, ValueSpec> from = names.tailMap(path + ".");
        return !from.isEmpty() && from.firstKey().startsWith(path + ".");
    }
}
