package io.cnishift.api.step;

import java.util.List;

/**
 * Parameters of a step that brings Helm releases to values beside what {@link InstallRelease} does. Only what they name is looked at when a
 * plan of unknown origin is judged by the places from which it takes charts, so a kind that works on releases has to say them.
 */
public interface NamesCharts {

    /** The references of all charts that the step may take. */
    List<String> charts();
}
