package io.cnishift.engine.slice;

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
        String chosen = nodesChosen == nodesLeft ? "" : ", of which this run may replace " + nodesChosen;
        String pace = ", at " + Pace.words(secondsPerNode) + " each, "
                + (measuredNodes == 0 ? "as estimated" : "as measured on " + measuredNodes);
        return nodesFit + " of " + nodesLeft + " old nodes are expected to be replaced by this run" + chosen
                + (nodesLeft == 0 ? "" : pace);
    }
}
