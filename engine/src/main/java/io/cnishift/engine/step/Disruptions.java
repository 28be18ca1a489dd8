package io.cnishift.engine.step;

import io.cnishift.api.act.EvictPod;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.MinReady;
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
    private final Progress progress;
    private final Singletons singletons;
    private final SurgeMove surge;
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Standing> standings = new HashMap<>();

    Disruptions(View view, Progress progress, Singletons singletons, SurgeMove surge) {
        this.view = view;
        this.progress = progress;
        this.singletons = singletons;
        this.surge = surge;
    }

    /**
     * How a Service stands in this pass.
     *
     * @param ready endpoints that take traffic
     * @param desired those it has when all is well
     * @param least those it must keep
     */
    private record Standing(int ready, int desired, int least) {}

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
        if (pod.finished()) {
            return Verdict.EVICT;
        }
        if (surge.takesBack(pod)) {
            return surges(pod, "is moved back by its template", "");
        }
        List<Budget> budgets = budgets(pod);
        if (budgets.size() > 1) {
            return Verdict.never(
                    StepCode.DOUBLE_BUDGET,
                    "is selected by two budgets, PodDisruptionBudget "
                            + budgets.get(0).key() + " and " + budgets.get(1).key(),
                    "leave one budget over these pods");
        }
        return budgets.stream()
                .filter(b -> !b.freeFor(pod))
                .flatMap(b -> budget(pod, b).stream())
                .findFirst()
                .or(() -> view.servicesIn(pod.namespace()).stream()
                        .filter(s -> s.selects(pod))
                        .flatMap(s -> service(pod, s).stream())
                        .findFirst())
                .orElse(Verdict.EVICT);
    }

    /** Counts a pod as evicted in this pass. */
    void take(Pod pod) {
        budgets(pod).stream()
                .filter(b -> !b.freeFor(pod))
                .forEach(b -> taken.merge("budget " + b.key(), 1, Integer::sum));
        if (serves(pod)) {
            view.servicesIn(pod.namespace()).stream()
                    .filter(s -> s.selects(pod))
                    .forEach(s -> taken.merge("service " + s.key(), 1, Integer::sum));
        }
    }

    /** The budgets that the API asks about a pod; about one that is pending it asks none. */
    private List<Budget> budgets(Pod pod) {
        return pod.phase() == Pod.Phase.PENDING ? List.of() : view.budgetsOf(pod);
    }

    private Optional<Verdict> budget(Pod pod, Budget budget) {
        int most = Math.max(0, budget.expectedPods() - budget.desiredHealthy());
        String words =
                "PodDisruptionBudget " + budget.key() + ", " + budget.disruptionsAllowed() + " of " + most + " allowed";
        if (most == 0 && budget.disruptionsAllowed() == 0) {
            return Optional.of(surges(pod, words, "let the budget allow a disruption for the time of the migration"));
        }
        int left = budget.disruptionsAllowed() - taken.getOrDefault("budget " + budget.key(), 0);
        return left > 0 ? Optional.empty() : Optional.of(Verdict.waits(words));
    }

    private Optional<Verdict> service(Pod pod, Service service) {
        if (!serves(pod)) {
            return Optional.empty();
        }
        Standing standing = standings.computeIfAbsent(service.key(), key -> standing(service));
        int ready = standing.ready() - taken.getOrDefault("service " + service.key(), 0);
        if (ready - 1 >= standing.least()) {
            return ready > 1 ? target(pod, service) : Optional.empty();
        }
        String words = "Service " + service.key() + ", " + ready + " of " + standing.desired() + " ready and "
                + standing.least() + " needed";
        if (standing.desired() - 1 >= standing.least()) {
            return Optional.of(Verdict.waits(words));
        }
        return singletons == Singletons.EVICT
                ? Optional.empty()
                : Optional.of(surges(pod, words, "add a replica, or plan with singletons=evict to accept the gap"));
    }

    private Optional<Verdict> target(Pod pod, Service service) {
        int gone = taken.getOrDefault("service " + service.key(), 0);
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

    private Standing standing(Service service) {
        return new Standing(ready(service), MinReady.desired(view, service), MinReady.whenHealthy(view, service));
    }

    private int ready(Service service) {
        int pods = (int) view.podsOf(service).stream().filter(this::serves).count();
        return view.endpoints(service.key()).map(e -> Math.min(pods, e.ready())).orElse(pods);
    }

    /** Whether it takes traffic: one whose eviction was accepted a moment ago does not count any more. */
    private boolean serves(Pod pod) {
        return pod.ready() && !pod.terminating() && !pod.finished() && !new Attempts(progress).fresh(evict(pod));
    }

    static EvictPod evict(Pod pod) {
        return new EvictPod(pod.namespace(), pod.name(), pod.uid(), OptionalLong.empty());
    }
}
