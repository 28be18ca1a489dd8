package io.cnishift.engine.slice;

import io.cnishift.api.plan.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a run is expected to come, told when it begins.
 *
 * @param endsAt when its slice ends
 * @param nodesLeft nodes that the migration has still to replace
 * @param nodesChosen those of them that this run may replace
 * @param nodesFit how many of these are expected to be replaced
 * @param secondsPerNode from one node to the next
 * @param measuredNodes on how many nodes of this migration that was measured; 0: it is an estimate
 */
public record Forecast(
        Optional<Instant> endsAt,
        int nodesLeft,
        int nodesChosen,
        int nodesFit,
        Duration secondsPerNode,
        int measuredNodes) {

    public Forecast {
        Objects.requireNonNull(endsAt);
        Objects.requireNonNull(secondsPerNode);
    }

    /** In words. */
    @Override
    public String toString() {
        if (nodesLeft == 0) {
            return "no old node is left to be replaced";
        }
        String of = nodesChosen == nodesLeft
                ? "of " + Count.of(nodesLeft, "old node")
                : "of " + Count.of(nodesChosen, "node") + " that it may replace, of " + nodesLeft + " old ones";
        return "this run is expected to replace " + nodesFit + " " + of + ", one every " + Pace.words(secondsPerNode)
                + (measuredNodes == 0 ? " as estimated" : " as measured on " + Count.of(measuredNodes, "node"));
    }
}
