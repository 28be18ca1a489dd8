package io.cnishift.engine.plan;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the user asks of a plan beyond the cluster.
 *
 * @param intent goal, constraints, consents
 * @param options raw options by strategy id, then by option name
 * @param values chart values to be merged under each phase's own
 * @param holds phases to stop before, added to the default one
 * @param holdByDefault whether a run stops before the first point of no return
 * @param seconds by strategy id, the second cluster that the options of a strategy name
 */
public record Wishes(
        Intent intent,
        Map<String, Map<String, Object>> options,
        Map<String, Object> values,
        List<String> holds,
        boolean holdByDefault,
        Map<String, ClusterSnapshot> seconds) {

    public Wishes {
        Objects.requireNonNull(intent);
        options = Map.copyOf(options);
        values = Tree.copy(values);
        holds = List.copyOf(holds);
        seconds = Map.copyOf(seconds);
    }

    /** Without any second cluster. */
    public Wishes(
            Intent intent,
            Map<String, Map<String, Object>> options,
            Map<String, Object> values,
            List<String> holds,
            boolean holdByDefault) {
        this(intent, options, values, holds, holdByDefault, Map.of());
    }

    /** Only an intent. */
    public static Wishes of(Intent intent) {
        return new Wishes(intent, Map.of(), Map.of(), List.of(), false);
    }

    /** The same with steps of that kind left to their owner by that strategy, unless its options say who makes their changes. */
    public Wishes leaving(String kind, String strategy) {
        Map<String, Map<String, Object>> wanted = new HashMap<>(options);
        wanted.put(strategy, OwnerOptions.leaving(kind, options.getOrDefault(strategy, Map.of())));
        return new Wishes(intent, wanted, values, holds, holdByDefault);
    }

    /** The same with other intent. */
    public Wishes with(Intent other) {
        return new Wishes(other, options, values, holds, holdByDefault, seconds);
    }

    /** The same with these second clusters, by strategy id. */
    public Wishes beside(Map<String, ClusterSnapshot> clusters) {
        return new Wishes(intent, options, values, holds, holdByDefault, clusters);
    }
}
