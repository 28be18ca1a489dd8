package io.cnishift.engine.step;

import io.cnishift.api.act.EvictPod;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes.Singletons;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a pod may be evicted now: no budget would be broken, no Service would fall below its minimum, and no load balancer
 * that sends to the addresses of pods would be left without one that it has found healthy. Lives for one pass, in which it
 * counts the evictions that were already decided.
 */
final class Disruptions {

    private final View view;
    private final Attempts attempts;
    private final Singletons singletons;
    private final SurgeMove surge;
    private final Map<String, Integer> takenOfBudget = new HashMap<>();
    private final Map<String, Integer> takenOfService = new HashMap<>();
    private final Map<String, Integer> readyBefore = new HashMap<>();

    Disruptions(View view, Progress progress, Singletons singletons, SurgeMove surge) {
        this.view = view;
        this.attempts = new Attempts(progress);
        this.singletons = singletons;
        this.surge = surge;
    }

    /** What can be done with a pod now. */
    record Verdict(Kind kind, StepCode code, String reason, String remedy) {
        enum Kind {
            EVICT,
            WAIT,
            /** Eviction never will; a restart of its Deployment with a surge moves it. */
            SURGE,
            /** Nothing ever will. */
            NEVER
        }

        static final Verdict EVICT = new Verdict(Kind.EVICT, StepCode.UNDRAINABLE, "", "");

        static Verdict waits(String reason) {
            return new Verdict(Kind.WAIT, StepCode.UNDRAINABLE, reason, "");
        }

        static Verdict never(StepCode code, String reason, String remedy) {
            return new Verdict(Kind.NEVER, code, reason, remedy);
        }
    }

    Verdict of(Pod pod) {
        return lasting(pod).orElseGet(() -> ofOrdinary(pod));
    }

    /** The same of a pod that nothing keeps for good. */
    Verdict ofOrdinary(Pod pod) {
        return passing(pod).orElse(Verdict.EVICT);
    }

    /** What will not pass by itself: a surge has to move the pod, or nothing ever will. */
    Optional<Verdict> lasting(Pod pod) {
        if (pod.finished()) {
            return Optional.empty();
        }
        if (surge.takesBack(pod)) {
            return Optional.of(surges(pod, "is moved back by its template", ""));
        }
        if (ordinary(pod)) {
            return Optional.empty();
        }
        List<Budget> budgets = budgets(pod);
        if (budgets.size() > 1) {
            return Optional.of(Verdict.never(
                    StepCode.DOUBLE_BUDGET,
                    "is selected by two budgets, PodDisruptionBudget "
                            + budgets.get(0).key() + " and " + budgets.get(1).key(),
                    "leave one budget over these pods"));
        }
        for (Budget budget : budgets) {
            if (!budget.freeFor(pod) && closed(budget)) {
                String remedy = "let the budget allow a disruption for the time of the migration";
                return Optional.of(surges(pod, words(budget), remedy));
            }
        }
        if (singletons == Singletons.EVICT) {
            return Optional.empty();
        }
        for (Service service : view.servicesOf(pod)) {
            // few Services spare none; what the journal says of the pod is asked for these alone
            if (MinReady.sparesNone(view, service)
                    && serves(pod)
                    && ready(service) - 1 < MinReady.whenHealthy(view, service)) {
                String remedy = "add a replica, or plan with singletons=evict to accept the gap";
                return Optional.of(surges(pod, words(service), remedy));
            }
        }
        return Optional.empty();
    }

    /** Whether no budget and no Service ever keeps it, whatever its own state is: so with nearly all pods. */
    private boolean ordinary(Pod pod) {
        for (Service service : view.servicesOf(pod)) {
            if (MinReady.sparesNone(view, service)) {
                return false;
            }
        }
        return !closed(pod);
    }

    /** The same of all that are to be moved of a node, without a look at each. */
    boolean ordinary(Tenants tenants) {
        if (tenants.budgetedTwice() || surge.back()) {
            return false;
        }
        for (String key : tenants.services()) {
            Optional<Service> service = view.service(key);
            if (service.isPresent() && MinReady.sparesNone(view, service.get())) {
                return false;
            }
        }
        for (String key : tenants.budgets()) {
            if (view.get(Part.BUDGETS, Budget.class, key)
                    .filter(Disruptions::closed)
                    .isPresent()) {
                return false;
            }
        }
        return true;
    }

    private boolean closed(Pod pod) {
        List<Budget> budgets = view.budgetsOf(pod);
        return budgets.size() > 1 || (budgets.size() == 1 && closed(budgets.get(0)));
    }

    private static boolean closed(Budget budget) {
        return most(budget) == 0 && budget.disruptionsAllowed() == 0;
    }

    /** What the pod waits for. */
    private Optional<Verdict> passing(Pod pod) {
        if (pod.finished()) {
            return Optional.empty();
        }
        for (Budget budget : budgets(pod)) {
            int left = budget.disruptionsAllowed() - takenOfBudget.getOrDefault(budget.key(), 0);
            if (!budget.freeFor(pod) && left <= 0) {
                return Optional.of(Verdict.waits(words(budget)));
            }
        }
        List<Service> services = view.servicesOf(pod);
        if (services.isEmpty() || !serves(pod)) {
            return Optional.empty();
        }
        for (Service service : services) {
            Optional<Verdict> verdict = service(pod, service);
            if (verdict.isPresent()) {
                return verdict;
            }
        }
        return Optional.empty();
    }

    /** Counts a pod as evicted in this pass. */
    void take(Pod pod) {
        budgets(pod).stream().filter(b -> !b.freeFor(pod)).forEach(b -> takenOfBudget.merge(b.key(), 1, Integer::sum));
        if (serves(pod)) {
            view.servicesOf(pod).forEach(s -> takenOfService.merge(s.key(), 1, Integer::sum));
        }
    }

    /** The budgets that the API asks about a pod; about one that is pending it asks none. */
    private List<Budget> budgets(Pod pod) {
        return pod.phase() == Pod.Phase.PENDING ? List.of() : view.budgetsOf(pod);
    }

    private static int most(Budget budget) {
        return Math.max(0, budget.expectedPods() - budget.desiredHealthy());
    }

    private static String words(Budget budget) {
        return "PodDisruptionBudget " + budget.key() + ", " + budget.disruptionsAllowed() + " of " + most(budget)
                + " allowed";
    }

    private String words(Service service) {
        return "Service " + service.key() + ", " + ready(service) + " of " + MinReady.desired(view, service)
                + " ready and " + MinReady.whenHealthy(view, service) + " needed";
    }

    private Optional<Verdict> service(Pod pod, Service service) {
        int ready = ready(service);
        if (ready - 1 >= MinReady.whenHealthy(view, service)) {
            return ready > 1 ? target(pod, service) : Optional.empty();
        }
        return MinReady.sparesNone(view, service) ? Optional.empty() : Optional.of(Verdict.waits(words(service)));
    }

    private Optional<Verdict> target(Pod pod, Service service) {
        int gone = takenOfService.getOrDefault(service.key(), 0);
        return TargetHealth.of(view, service.key(), "ip").stream()
                .filter(group -> healthy(group, pod, service) <= gone)
                .findFirst()
                .map(group -> Verdict.waits("target group " + group.name() + ", no other target is healthy yet"));
    }

    /** Healthy targets that are other pods which take traffic. */
    private long healthy(TargetGroup group, Pod but, Service service) {
        Set<String> serving = view.podsOf(service).stream()
                .filter(p -> !p.uid().equals(but.uid()) && serves(p))
                .flatMap(p -> p.address().stream())
                .collect(Collectors.toSet());
        return group.targets().stream()
                .filter(t -> t.health().equals("healthy") && serving.contains(t.id()))
                .count();
    }

    private Verdict surges(Pod pod, String reason, String remedy) {
        return singletons == Singletons.ROLLOUT && surge.possible(pod)
                ? new Verdict(Verdict.Kind.SURGE, StepCode.UNDRAINABLE, reason, remedy)
                : Verdict.never(StepCode.UNDRAINABLE, reason, remedy);
    }

    /** Endpoints of a Service that take traffic, less those whose eviction this pass has decided. */
    private int ready(Service service) {
        Integer before = readyBefore.get(service.key());
        if (before == null) {
            int pods = 0;
            for (Pod pod : view.podsOf(service)) {
                pods += serves(pod) ? 1 : 0;
            }
            Optional<Endpoints> endpoints = view.endpoints(service.key());
            before = endpoints.isPresent() ? Math.min(pods, endpoints.get().ready()) : pods;
            readyBefore.put(service.key(), before);
        }
        return before - takenOfService.getOrDefault(service.key(), 0);
    }

    /** Whether it takes traffic: one whose eviction was accepted a moment ago does not count any more. */
    private boolean serves(Pod pod) {
        return pod.ready() && !pod.terminating() && !pod.finished() && !attempts.fresh(evict(pod));
    }

    static EvictPod evict(Pod pod) {
        return new EvictPod(pod.namespace(), pod.name(), pod.uid(), OptionalLong.empty());
    }
}
