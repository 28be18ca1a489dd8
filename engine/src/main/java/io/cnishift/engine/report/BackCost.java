package io.cnishift.engine.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a way back came to.
 *
 * @param nodesToMake nodes that were not there when it began
 * @param addressesNeeded addresses beyond those in use then, at the worst moment, by subnet; subnets that needed none are
 *     left out
 * @param podsRestarted pods of Deployments, StatefulSets and the like that were replaced
 * @param secondsBelowMinimum of all Services, consented seconds included
 * @param pointsOfNoReturn steps that were passed after which finishing may be the shorter way, each with its reason
 */
public record BackCost(
        Duration durationSeconds,
        int nodesToMake,
        Map<String, Integer> addressesNeeded,
        int podsRestarted,
        Duration secondsBelowMinimum,
        List<String> pointsOfNoReturn) {

    public BackCost {
        Objects.requireNonNull(durationSeconds);
        addressesNeeded = Map.copyOf(addressesNeeded);
        Objects.requireNonNull(secondsBelowMinimum);
        pointsOfNoReturn = List.copyOf(pointsOfNoReturn);
    }
}
