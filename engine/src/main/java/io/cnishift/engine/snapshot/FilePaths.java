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
 * stands, and each flawed resource is found by its key.
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
        Map<?, ?> document = codec.read(Object.class, source)
                .<Map<?, ?>>fold(tree -> tree instanceof Map<?, ?> map ? map : Map.of(), problems -> Map.of());
        Map<String, List<String>> keys = new HashMap<>();
        List<String> paths = new ArrayList<>();
        for (Flaw flaw : flaws) {
            paths.add(path(flaw, document, keys));
        }
        return paths;
    }

    private String path(Flaw flaw, Map<?, ?> document, Map<String, List<String>> keys) {
        String field = flaw.field().isEmpty() ? "" : "." + flaw.field();
        if (!(document.get(flaw.list()) instanceof List<?> items)) {
            return flaw.list() + field;
        }
        List<String> order = keys.computeIfAbsent(flaw.list(), l -> keys(items, flaw.resource()));
        int index = -1;
        for (int n = 0; n <= flaw.occurrence(); n++) {
            int next = order.subList(index + 1, order.size())
                    .indexOf(flaw.resource().key());
            index = next < 0 ? index : index + 1 + next;
        }
        return index < 0 ? flaw.list() : flaw.list() + "[" + index + "]" + field;
    }

    private List<String> keys(List<?> items, Resource like) {
        List<String> keys = new ArrayList<>();
        for (Object item : items) {
            keys.add(codec.fromTree(like.getClass(), item, source.name())
                    .value()
                    .map(Resource::key)
                    .orElse(""));
        }
        return keys;
    }
}
