package io.cnishift.api.plan;

import java.util.List;

/**
 * A strategy that installs charts says with this where it takes them from when the user names no other place. A plan with a chart
 * from anywhere else is run only by one who allows that place.
 */
public interface PublishesCharts {

    /** References of charts as its plans write them: repository URL and name, or OCI reference. Never null, never changing. */
    List<String> charts();
}
