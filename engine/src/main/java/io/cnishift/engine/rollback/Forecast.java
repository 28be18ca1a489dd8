package io.cnishift.engine.rollback;

import io.cnishift.api.Finding;
import io.cnishift.engine.journal.RunOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What going back costs, as rehearsed.
 *
 * @param nodesToMake nodes that are not there yet
 * @param addressesNeeded addresses beyond those in use now, at the worst moment, by subnet; subnets that need none are left
 *     out
 * @param podsRestarted pods of Deployments, StatefulSets and the like that are replaced
 * @param secondsBelowMinimum of all Services, consented seconds included
 * @param violations what the rehearsal saw go wrong on the way back
 */
public record Forecast(
        RunOutcome outcome,
        String reason,
        Duration durationSeconds,
        int nodesToMake,
        Map<String, Integer> addressesNeeded,
        int podsRestarted,
        Duration secondsBelowMinimum,
        List<String> notModelled,
        List<Finding> violations) {

    public Forecast {
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(durationSeconds);
        addressesNeeded = Map.copyOf(addressesNeeded);
        Objects.requireNonNull(secondsBelowMinimum);
        notModelled = List.copyOf(notModelled);
        violations = List.copyOf(violations);
    }
}
