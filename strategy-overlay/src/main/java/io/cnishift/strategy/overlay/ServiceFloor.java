package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How many pods of a workload may be missing at one time, by its budgets and by the Services before it.
 *
 * <p>A budget that never allows a disruption forbids eviction for good; one that happens to allow none now does not. A Service
 * keeps as many endpoints as the budgets over its pods guarantee, without a budget as many as are ready now less what the
 * workload's own update strategy lets go, and never less than one.
 */
final class ServiceFloor {

    private final View view;

    ServiceFloor(View view) {
        this.view = view;
    }

    /** Whether a budget over these pods never allows a disruption. */
    boolean forbidden(Collection<Pod> pods) {
        return pods.stream()
                .flatMap(p -> view.budgetsOf(p).stream())
                .anyMatch(b -> b.expectedPods() > 0 && b.desiredHealthy() >= b.expectedPods());
    }

    /** Whether a pod is selected by more than one budget. */
    boolean doubly(Collection<Pod> pods) {
        return pods.stream().anyMatch(p -> view.budgetsOf(p).size() > 1);
    }

    /** Whether some Service would have too few endpoints without one of these pods. */
    boolean needed(Workload workload, Collection<Pod> pods) {
        return view.servicesIn(workload.namespace()).stream()
                .filter(s -> !s.selector().isEmpty())
                .filter(s -> pods.stream().anyMatch(p -> selects(s, p)))
                .anyMatch(s -> ready(s) - 1 < floor(s, workload, pods));
    }

    private int floor(Service service, Workload workload, Collection<Pod> pods) {
        List<Budget> budgets = pods.stream()
                .flatMap(p -> view.budgetsOf(p).stream())
                .distinct()
                .toList();
        int ready = ready(service);
        int floor = budgets.isEmpty()
                ? ready - slack(workload)
                : budgets.stream().mapToInt(Budget::desiredHealthy).max().orElse(0);
        return ready >= 1 ? Math.max(1, floor) : floor;
    }

    /** What the update strategy of a workload lets go at once. */
    private static int slack(Workload workload) {
        return switch (workload.kind()) {
            case "Deployment" -> HostFit.absolute(workload.maxUnavailable(), workload.desired(), false);
            case "StatefulSet" -> 1;
            default -> workload.desired();
        };
    }

    private int ready(Service service) {
        return view.endpoints(service.key()).map(e -> e.ready()).orElseGet(() ->
                (int) view.podsOf(service).stream().filter(Pod::ready).count());
    }

    private static boolean selects(Service service, Pod pod) {
        Map<String, String> selector = service.selector();
        return pod.labels().entrySet().containsAll(selector.entrySet());
    }
}
