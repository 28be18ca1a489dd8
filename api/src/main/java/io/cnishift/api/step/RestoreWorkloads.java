package io.cnishift.api.step;

import java.util.List;

/**
 * Does nothing on the way there. On the way back it takes the restarts of other steps back, which restarts these workloads once
 * more: after what they were restarted for is gone.
 *
 * @param restarts ids of the {@link RestartWorkloads} steps, in order
 */
public record RestoreWorkloads(List<String> restarts) {

    public RestoreWorkloads {
        restarts = List.copyOf(restarts);
    }
}
