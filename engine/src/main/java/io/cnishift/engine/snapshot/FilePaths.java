package io.cnishift.engine.snapshot;

import io.cnishift.api.cluster.Resource;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where flaws stand in the file. A snapshot sorts its lists, a file need not be sorted: the file is read once more as it
 * stands, and each flawed resource is found by its key. Only the flawed ones are kept, since the file may be large.
 */
final class FilePaths {

    private final Codec codec;
    private final Source source;

    FilePaths(Codec codec, Source source) {
        this.codec = codec;
        this.source = source;
    }

    /** The path of each flaw, in the same order. */
    List<String> of(List<Flaw> flaws) {
        Map<String, Class<?>> lists = new HashMap<>();
        Map<String, Map<String, List<Integer>>> indexes = new HashMap<>();
        for (Flaw flaw : flaws) {
            lists.put(flaw.list(), flaw.resource().getClass());
            indexes.computeIfAbsent(flaw.list(), list -> new HashMap<>())
                    .put(flaw.resource().key(), new ArrayList<>());
        }
        codec.items(source, lists, (list, index, item) -> {
            List<Integer> found = indexes.getOrDefault(list, Map.of()).get(((Resource) item).key());
            if (found != null) {
                found.add(index);
            }
        });
        return flaws.stream()
                .map(flaw -> path(
                        flaw,
                        indexes.getOrDefault(flaw.list(), Map.of())
                                .getOrDefault(flaw.resource().key(), List.of())))
                .toList();
    }

    /** What is no item of a list, the cluster itself for example, is found by its field. */
    private static String path(Flaw flaw, List<Integer> indexes) {
        String field = flaw.field().isEmpty() ? "" : "." + flaw.field();
        return flaw.occurrence() < indexes.size()
                ? flaw.list() + "[" + indexes.get(flaw.occurrence()) + "]" + field
                : flaw.list() + field;
    }
}
