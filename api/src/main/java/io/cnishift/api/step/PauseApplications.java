package io.cnishift.api.step;

import java.util.List;

/**
 * Takes the automated sync of Applications of Argo CD away while the run changes what they hold, and waits for a sync under way.
 * What stood before is recorded.
 *
 * @param applications as {@code Application/namespace/name}
 */
public record PauseApplications(List<String> applications) {

    public PauseApplications {
        applications = List.copyOf(applications);
    }
}
