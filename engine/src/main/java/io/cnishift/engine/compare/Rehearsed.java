package io.cnishift.engine.compare;

import io.cnishift.api.Assessment;
import java.util.Map;
import java.util.Objects;

/**
 * What a rehearsal measured, for one row.
 *
 * @param peakUsed most addresses in use by subnet, each at its own worst moment
 * @param network where pods stood at the end
 * @param usedAfter addresses in use by subnet when the run had ended, as the curve of the run has them; pools that have yet
 *     to shrink still hold theirs
 */
public record Rehearsed(
        Comparison.RehearsalLine line,
        Comparison.DisruptionLine disruption,
        Assessment.Cost cost,
        Map<String, Integer> peakUsed,
        Map<String, Integer> usedAfter,
        Comparison.NetworkLine network) {

    public Rehearsed {
        Objects.requireNonNull(line);
        Objects.requireNonNull(disruption);
        Objects.requireNonNull(cost);
        Objects.requireNonNull(network);
        peakUsed = Map.copyOf(peakUsed);
        usedAfter = Map.copyOf(usedAfter);
    }
}
