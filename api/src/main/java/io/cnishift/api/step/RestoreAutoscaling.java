package io.cnishift.api.step;

import java.util.List;
import java.util.Objects;

/**
 * Gives everything that a park step holds its recorded value back, where the thing still exists.
 *
 * @param parkStep id of the park step
 * @param exceptGroups groups that have been replaced
 */
public record RestoreAutoscaling(String parkStep, List<String> exceptGroups) {

    public RestoreAutoscaling {
        Objects.requireNonNull(parkStep);
        exceptGroups = List.copyOf(exceptGroups);
    }
}
