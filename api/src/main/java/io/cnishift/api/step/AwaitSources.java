package io.cnishift.api.step;

import java.util.List;
import java.util.Objects;

/**
 * Waits until the sources of paused Applications say of the objects that steps changed what the cluster says, so that a sync
 * changes none of them.
 *
 * @param pauseStep id of the step that paused them
 * @param applications as {@code Application/namespace/name}
 * @param objects what the steps change, as {@code Kind/namespace/name}
 * @param steps ids of these steps
 */
public record AwaitSources(String pauseStep, List<String> applications, List<String> objects, List<String> steps) {

    public AwaitSources {
        Objects.requireNonNull(pauseStep);
        applications = List.copyOf(applications);
        objects = List.copyOf(objects);
        steps = List.copyOf(steps);
    }
}
