package io.cnishift.it;

import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A wish for the overlay on a bundled cluster, what its owner accepts, and what holds at the end. */
record OverlayCase(
        String scenario,
        Map<String, Object> options,
        List<String> accepted,
        Consumer<Map<String, Object>> edit,
        Consumer<OverlayEnd> check) {

    /** Options as on the command line, {@code name=value}, with blanks between them. */
    static OverlayCase of(String scenario, String options) {
        Map<String, Object> decoded = new LinkedHashMap<>();
        Map<String, Object> surge = new LinkedHashMap<>();
        for (String option : options.split(" ")) {
            String[] parts = option.split("=", 2);
            if (parts[0].startsWith("surge.")) {
                surge.put(parts[0].substring("surge.".length()), parts[1]);
            } else {
                decoded.put(parts[0], parts[1]);
            }
        }
        if (!surge.isEmpty()) {
            decoded.put("surge", surge);
        }
        return new OverlayCase(scenario, decoded, List.of(), tree -> {}, end -> {});
    }

    OverlayCase accepting(String code) {
        List<String> more = new ArrayList<>(accepted);
        more.add(code);
        return new OverlayCase(scenario, options, more, edit, check);
    }

    OverlayCase with(Consumer<Map<String, Object>> change) {
        return new OverlayCase(scenario, options, accepted, change, check);
    }

    OverlayCase then(Consumer<OverlayEnd> holds) {
        return new OverlayCase(scenario, options, accepted, edit, holds);
    }

    /** The first node group of a snapshot's tree. */
    static Map<String, Object> group(Map<String, Object> tree) {
        return Tree.maps(tree, "nodeGroups").get(0);
    }

    @Override
    public String toString() {
        return scenario + " " + options;
    }
}
