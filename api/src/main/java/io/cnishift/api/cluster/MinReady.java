package io.cnishift.api.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many ready endpoints a Service is guaranteed. Pure.
 *
 * <p>Where disruption budgets stand over its pods, what they guarantee: of each budget, the healthy pods it wants less
 * those of its pods that the Service does not select. Without a budget, the ready endpoints less what the update
 * strategies of its workloads let go at once, and never less than 1 when there was at least 1.
 */
public final class MinReady {

    private MinReady() {}

    private record Of(String service, int ready) {}

    /** How many pods its workloads want, and what it is guaranteed when all of these are ready. */
    private record Health(int desired, int guaranteed) {}

    /** What the Service is guaranteed when all that its workloads want is ready. */
    public static int whenHealthy(View view, Service service) {
        return health(view, service).guaranteed();
    }

    /** What the Service is guaranteed when that many endpoints are ready. */
    public static int of(View view, Service service, int ready) {
        return view.derived(new Of(service.key(), ready), from -> count(view, service, ready, from));
    }

    /** Whether the Service can spare no pod, even when all that its workloads want is ready. */
    public static boolean sparesNone(View view, Service service) {
        Health health = health(view, service);
        return health.desired() - 1 < health.guaranteed();
    }

    /** Whether the Service keeps that while the workload is updated or restarted by its own strategy. */
    public static boolean survivesUpdate(View view, Service service, Workload workload) {
        Health health = health(view, service);
        return health.desired() - mayGo(workload) >= health.guaranteed();
    }

    /** Asked for every pod that may have to go, so it is one look under a plain key. */
    private static Health health(View view, Service service) {
        Health known = view.known(service.key(), Health.class);
        if (known != null) {
            return known;
        }
        return view.derived(service.key(), from -> {
            int desired = wanted(view, service, from);
            return new Health(desired, count(view, service, desired, from));
        });
    }

    private static int count(View view, Service service, int ready, Derived.Sources from) {
        from.service(service);
        from.budgetsOf(service.namespace());
        List<Pod> pods = running(view, service);
        Set<Budget> budgets = new HashSet<>();
        pods.forEach(pod -> budgets.addAll(view.budgetsOf(pod)));
        if (!budgets.isEmpty()) {
            budgets.forEach(from::budget);
            int guaranteed =
                    budgets.stream().mapToInt(b -> guaranteed(view, b, pods)).sum();
            return Math.min(guaranteed, ready);
        }
        int mayGo = workloads(pods, from).stream()
                .flatMap(key -> view.workload(key).stream())
                .mapToInt(MinReady::mayGo)
                .sum();
        return Math.max(ready - mayGo, Math.min(ready, 1));
    }

    /** How many pods its workloads want; a bare pod wants itself. */
    public static int desired(View view, Service service) {
        return health(view, service).desired();
    }

    private static int wanted(View view, Service service, Derived.Sources from) {
        from.service(service);
        List<Pod> pods = running(view, service);
        int bare = (int) pods.stream().filter(p -> p.workload().isEmpty()).count();
        return bare
                + workloads(pods, from).stream()
                        .mapToInt(key -> view.workload(key)
                                .map(Workload::desired)
                                .orElseGet(() -> (int) pods.stream()
                                        .filter(p ->
                                                p.workload().filter(key::equals).isPresent())
                                        .count()))
                        .sum();
    }

    private static List<Pod> running(View view, Service service) {
        return view.podsOf(service).stream().filter(p -> !p.finished()).toList();
    }

    private static Set<String> workloads(List<Pod> pods, Derived.Sources from) {
        Set<String> keys = new TreeSet<>();
        pods.forEach(pod -> pod.workload().ifPresent(keys::add));
        keys.forEach(from::workload);
        return keys;
    }

    private static int guaranteed(View view, Budget budget, List<Pod> ours) {
        Set<String> keys = new HashSet<>();
        ours.forEach(p -> keys.add(p.key()));
        List<Pod> covered =
                view.podsOf(budget).stream().filter(p -> !p.finished()).toList();
        int others = (int) covered.stream().filter(p -> !keys.contains(p.key())).count();
        return Math.max(0, healthy(budget, covered.size()) - others);
    }

    /** The healthy pods a budget wants: by its status, or by its spec while it has none. */
    private static int healthy(Budget budget, int pods) {
        if (budget.expectedPods() > 0) {
            return budget.desiredHealthy();
        }
        Optional<Integer> least = budget.minAvailable().flatMap(text -> Share.up(text, pods));
        return least.orElseGet(() -> Math.max(
                0,
                pods
                        - budget.maxUnavailable()
                                .flatMap(text -> Share.up(text, pods))
                                .orElse(0)));
    }

    /** Pods that an update of the workload takes away at once, before their successors are ready. */
    public static int mayGo(Workload workload) {
        int desired = workload.desired();
        return switch (workload.kind()) {
            case "Deployment" -> workload.updateStrategy().equals("Recreate") ? desired : deploymentMayGo(workload);
            case "DaemonSet" ->
                workload.maxUnavailable()
                        .flatMap(text -> Share.up(text, desired))
                        .orElse(1);
            case "StatefulSet" ->
                workload.maxUnavailable()
                        .flatMap(text -> Share.up(text, desired))
                        .orElse(1);
            default -> 0;
        };
    }

    /** Kubernetes rounds maxUnavailable down and maxSurge up, and takes 1 away where both came to nothing. */
    private static int deploymentMayGo(Workload workload) {
        int desired = workload.desired();
        int away = workload.maxUnavailable()
                .flatMap(text -> Share.down(text, desired))
                .orElse(desired / 4);
        int surge = workload.maxSurge().flatMap(text -> Share.up(text, desired)).orElse((desired + 3) / 4);
        return away == 0 && surge == 0 ? 1 : away;
    }
}
