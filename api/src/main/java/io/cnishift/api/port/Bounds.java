package io.cnishift.api.port;

import java.util.List;
import java.util.Map;

/**
 * How far the run at hand may go with what a step does node by node. Pure, as of one pass. A step that ends what it began and
 * has more to do, which it may not begin, answers {@link io.cnishift.api.StepKind.StepOutcome.Later}.
 */
public interface Bounds {

    /** Without any. */
    static Bounds none() {
        return new NoBounds();
    }

    /** Whether a node of that group and zone, with those labels, is one that this run may replace. */
    default boolean takes(String group, String zone, Map<String, String> labels) {
        return true;
    }

    /** How many more nodes may be begun now. */
    default int nodes() {
        return Integer.MAX_VALUE;
    }

    /** Groups that are left to a later run although it would have been their turn before this step. */
    default List<String> left() {
        return List.of();
    }
}
