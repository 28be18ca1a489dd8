package io.cnishift.api.step;

import java.util.List;

/**
 * Makes objects again that other steps of the plan deleted, as they were recorded. They stay on the way back, where the steps that
 * deleted them would make them again.
 *
 * @param removals ids of the {@link RemoveManifest} steps
 */
public record RestoreManifests(List<String> removals) {

    public RestoreManifests {
        removals = List.copyOf(removals);
    }
}
