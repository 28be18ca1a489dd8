package io.cnishift.adapters;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Reference;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.Reading;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What resources name that was not read with them, although the part it belongs to was read.
 *
 * @param keys what is missing, by part
 */
record LooseEnds(Map<Part, Set<String>> keys) {

    private static final int NAMED = 3;

    static LooseEnds of(Reading read) {
        Set<Part> unread = read.unknown().stream()
                .map(Unknown::part)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
        Map<Part, Set<String>> there = new EnumMap<>(Part.class);
        read.resources()
                .forEach(resource -> there.computeIfAbsent(resource.part(), part -> new HashSet<>())
                        .add(resource.key()));
        Map<Part, Set<String>> missing = new EnumMap<>(Part.class);
        for (Resource resource : read.resources()) {
            for (Reference reference : Reference.of(resource)) {
                Part part = reference.part();
                if (!unread.contains(part)
                        && !there.getOrDefault(part, Set.of()).contains(reference.key())) {
                    missing.computeIfAbsent(part, p -> new TreeSet<>()).add(reference.key());
                }
            }
        }
        return new LooseEnds(missing);
    }

    /** The parts of which something is missing that others do not miss. */
    Set<Part> partsBeyond(LooseEnds others) {
        return keys.entrySet().stream()
                .filter(part ->
                        !others.keys.getOrDefault(part.getKey(), Set.of()).containsAll(part.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    /** Whether a resource names something that is missing. */
    boolean namedBy(Resource resource) {
        return Reference.of(resource).stream()
                .anyMatch(reference ->
                        keys.getOrDefault(reference.part(), Set.of()).contains(reference.key()));
    }

    List<Unknown> gaps() {
        return keys.entrySet().stream()
                .map(part -> new Unknown(
                        part.getKey(),
                        names(part.getValue()),
                        "named by other objects, but not there when it was asked for",
                        "read the cluster again; if it stays away, look for what still names it"))
                .toList();
    }

    private static String names(Set<String> keys) {
        String first = keys.stream().limit(NAMED).collect(Collectors.joining(", "));
        return keys.size() <= NAMED ? first : first + " and " + (keys.size() - NAMED) + " more";
    }
}
