package io.cnishift.api.step;

import java.util.List;
import java.util.Objects;

/**
 * Gives Applications the automated sync back that a step took from them.
 *
 * @param pauseStep id of that step
 * @param applications as {@code Application/namespace/name}
 */
public record RestoreApplications(String pauseStep, List<String> applications) {

    public RestoreApplications {
        Objects.requireNonNull(pauseStep);
        applications = List.copyOf(applications);
    }
}
