package io.cnishift.api.roll;

import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import java.util.Collection;

/**
 * How many pods of a workload may be missing at one time, by its budgets and by the Services before it.
 *
 * <p>A budget that never allows a disruption forbids eviction for good; one that happens to allow none now does not. A Service
 * keeps what {@link MinReady} says, as in the run: what is short now, and will not be when all is well, is waited for there.
 */
public final class ServiceFloor {

    private final View view;

    /** Of the pods of a cluster. */
    public ServiceFloor(View view) {
        this.view = view;
    }

    /** Whether a budget over these pods never allows a disruption. */
    public boolean forbidden(Collection<Pod> pods) {
        return pods.stream()
                .flatMap(p -> view.budgetsOf(p).stream())
                .anyMatch(b -> b.expectedPods() > 0 && b.desiredHealthy() >= b.expectedPods());
    }

    /** Whether a pod is selected by more than one budget. */
    public boolean doubly(Collection<Pod> pods) {
        return pods.stream().anyMatch(p -> view.budgetsOf(p).size() > 1);
    }

    /** Whether some Service would have too few endpoints without one of these pods, even when all that it wants is ready. */
    public boolean needed(Collection<Pod> pods) {
        return pods.stream()
                .flatMap(p -> view.servicesOf(p).stream())
                .distinct()
                .anyMatch(s -> MinReady.sparesNone(view, s));
    }
}
