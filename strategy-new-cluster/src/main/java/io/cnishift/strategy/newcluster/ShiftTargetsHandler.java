package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Moves a share of the requests by weights of target groups.
 *
 * <ol>
 *   <li>The load balancer forwards to the second cluster's groups with no weight, for health is checked of groups that are forwarded to.
 *   <li>Once every group has healthy targets, the weights are brought to the share, and the controller has to follow.
 *   <li>The second cluster is watched for the soak. When it stops to answer, or a group has no healthy target, all requests go back to
 *       the first cluster, for a load balancer asks no other group where the chosen one has no healthy target. The run is stopped then.
 *   <li>Back: the annotations and rules of before, once the first cluster is not known to fail. No resolver remembers anything. What was
 *       taken from the second cluster meanwhile is not given back to it on that way.
 * </ol>
 */
final class ShiftTargetsHandler implements StepHandler<ShiftTargets> {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int FAILURES = 2;
    private static final String SECOND_LACKS =
            "see the controllers of both clusters, health checks and security groups of nodes, then"
                    + " resume; no more requests were forwarded there";
    private static final String FIRST_LAGS =
            "requests are still forwarded there: see the controller of the first cluster, which has to"
                    + " follow its Ingresses, then resume";

    @Override
    public StepOutcome next(View view, ShiftTargets params, Progress progress) {
        Map<String, TargetFront> byArn = byArn(params, progress);
        for (TargetFront front : params.fronts()) {
            if (!byArn.containsValue(front)) {
                return new StepOutcome.Failed("no target group was made as " + front.group(), Disposition.ABORT);
            }
            if (view.get(Part.INGRESSES, Ingress.class, front.ingress()).isEmpty()) {
                return new StepOutcome.Failed("there is no Ingress " + front.ingress(), Disposition.ASK);
            }
        }
        List<TargetAction> actions = actions(view, byArn);
        Urls urls = Urls.ofSecond(params.urls(), progress, progress.underWaySince());
        boolean forwarding = forwards(view, byArn.keySet()).anyMatch(to -> to.weight() > 0);
        Optional<String> sick = sick(view, byArn, forwarding);
        boolean withdrew = actions.stream().anyMatch(action -> withdrew(action, progress));
        Optional<String> why = urls.failing(FAILURES)
                .or(() -> sick.filter(any -> forwarding || withdrew))
                .or(() -> withdrew ? Optional.of("it may serve again by now") : Optional.empty());
        return why.isPresent()
                ? withdrawn(view, byArn, actions, progress, why.get())
                : shifted(view, params, byArn, actions, progress, urls, sick);
    }

    private static Map<String, TargetFront> byArn(ShiftTargets params, Progress progress) {
        Map<String, TargetFront> byArn = new LinkedHashMap<>();
        params.fronts()
                .forEach(front -> MakeTargetsHandler.arn(front, progress.of(MakeTargets.STEP))
                        .ifPresent(arn -> byArn.put(arn, front)));
        return byArn;
    }

    private static StepOutcome shifted(
            View view,
            ShiftTargets params,
            Map<String, TargetFront> byArn,
            List<TargetAction> actions,
            Progress progress,
            Urls urls,
            Optional<String> sick) {
        List<PatchObject> attaching = actions.stream()
                .filter(action -> !action.attached())
                .flatMap(action -> action.towards(0).stream())
                .toList();
        if (!attaching.isEmpty()) {
            return Outcomes.perform("letting load balancers check the second cluster's targets", attaching, progress);
        }
        List<PatchObject> due = actions.stream()
                .flatMap(action -> action.towards(params.percent()).stream())
                .toList();
        if (sick.isPresent()) {
            return waiting(sick.get(), progress, SECOND_LACKS);
        }
        if (!due.isEmpty()) {
            return Outcomes.perform(
                    "forwarding " + params.percent() + " % of the requests to the second cluster", due, progress);
        }
        Optional<String> behind = behind(view, byArn, params.percent());
        return behind.isPresent() ? waiting(behind.get(), progress, SECOND_LACKS) : watched(params, progress, urls);
    }

    private static StepOutcome watched(ShiftTargets params, Progress progress, Urls urls) {
        Instant until = lastChange(progress).orElse(progress.underWaySince()).plus(params.soak());
        if (!progress.now().isBefore(until) && (params.urls().isEmpty() || urls.reached(1))) {
            return Outcomes.done(params.percent() + " % of the requests are forwarded to the second cluster");
        }
        return urls.due(EVERY)
                ? new StepOutcome.Ask(urls.questions(), "whether the second cluster serves")
                : new StepOutcome.NotYet(
                        EVERY, params.percent() + " % go to the second cluster, which is watched until " + until);
    }

    /** A target group of the second cluster without targets that answer; before it gets requests, also one of which some are not known. */
    private static Optional<String> sick(View view, Map<String, TargetFront> byArn, boolean forwarding) {
        for (Map.Entry<String, TargetFront> e : byArn.entrySet()) {
            Optional<TargetGroup> group = view.get(Part.TARGET_GROUPS, TargetGroup.class, e.getKey());
            if (group.filter(g -> g.count("healthy") > 0 && (forwarding || g.count("initial") == 0))
                    .isEmpty()) {
                return Optional.of("target group " + e.getValue().group() + " has "
                        + group.map(g -> g.count("healthy")).orElse(0L) + " healthy targets");
            }
        }
        return Optional.empty();
    }

    /** A rule of a load balancer that does not say yet what the annotation says. */
    private static Optional<String> behind(View view, Map<String, TargetFront> byArn, int percent) {
        for (Map.Entry<String, TargetFront> e : byArn.entrySet()) {
            List<LoadBalancer.Weighted> forwards =
                    forwards(view, Set.of(e.getKey())).toList();
            if (forwards.isEmpty() || forwards.stream().anyMatch(to -> to.weight() != percent)) {
                return Optional.of("the controller of the first cluster has not brought the load balancer of Ingress "
                        + e.getValue().ingress() + " to " + percent + " %");
            }
        }
        return Optional.empty();
    }

    private static Stream<LoadBalancer.Weighted> forwards(View view, Set<String> groups) {
        return view.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .flatMap(lb -> lb.listeners().stream())
                .flatMap(listener -> listener.rules().stream())
                .flatMap(rule -> rule.forward().stream())
                .filter(to -> groups.contains(to.targetGroup()));
    }

    private static StepOutcome waiting(String why, Progress progress, String remedy) {
        Instant since = lastChange(progress)
                .filter(at -> at.isAfter(progress.underWaySince()))
                .orElse(progress.underWaySince());
        return progress.now().isBefore(since.plus(PATIENCE))
                ? Outcomes.notYet(5, why)
                : Outcomes.blocked(Code.NOT_SERVED.of("second cluster", why, remedy));
    }

    private static List<TargetAction> actions(View view, Map<String, TargetFront> byArn) {
        return byArn.values().stream()
                .map(TargetFront::ingress)
                .distinct()
                .flatMap(key -> view.get(Part.INGRESSES, Ingress.class, key).stream())
                .map(ingress -> {
                    Map<String, TargetFront> its = new LinkedHashMap<>(byArn);
                    its.values().removeIf(front -> !front.ingress().equals(ingress.key()));
                    return new TargetAction(ingress, its);
                })
                .toList();
    }

    /** Also one whose answer nobody knows or that was refused: what stands there says whether anything came of it. */
    private static Stream<Progress.Entry> patches(TargetAction action, Progress progress) {
        String target = TargetAction.ref(action.ingress().key()).toString();
        return progress.all(PatchObject.class).stream()
                .filter(e -> e.act().target().equals(target) && !e.before().isEmpty());
    }

    private static Optional<Instant> lastChange(Progress progress) {
        return progress.all(PatchObject.class).stream().map(Progress.Entry::at).reduce((earlier, later) -> later);
    }

    /** Whether requests that went to the second cluster were taken from it, since the run was last resumed. */
    private static boolean withdrew(TargetAction action, Progress progress) {
        return !action.sends()
                && patches(action, progress)
                        .filter(e -> !e.at().isBefore(progress.underWaySince()))
                        .anyMatch(e -> action.as(e.before()).sends());
    }

    /** Clients come first: they are all sent back, and then a person is told. */
    private static StepOutcome withdrawn(
            View view, Map<String, TargetFront> byArn, List<TargetAction> actions, Progress progress, String why) {
        List<PatchObject> back = actions.stream()
                .filter(TargetAction::sends)
                .flatMap(action -> action.towards(0).stream())
                .toList();
        if (!back.isEmpty()) {
            return Outcomes.perform("sending all clients back to the first cluster: " + why, back, progress);
        }
        return following(view, byArn, actions, progress)
                .orElseGet(() -> Outcomes.blocked(Code.SHIFT_FAILED.of(
                        "second cluster",
                        "it stopped to serve, and all requests are forwarded to the first one now: " + why,
                        "mend it, then resume; or roll back")));
    }

    /** Waits until no load balancer forwards what no Ingress says any more, which follows what was written within seconds. */
    private static Optional<StepOutcome> following(
            View view, Map<String, TargetFront> byArn, List<TargetAction> actions, Progress progress) {
        boolean meant = actions.stream().anyMatch(TargetAction::sends);
        return !meant && forwards(view, byArn.keySet()).anyMatch(to -> to.weight() > 0)
                ? Optional.of(waiting(
                        "the controller of the first cluster has not sent clients back yet", progress, FIRST_LAGS))
                : Optional.empty();
    }

    /** As before the step, where that is less than now. */
    private static List<PatchObject> restoring(List<TargetAction> actions, Progress progress) {
        return actions.stream()
                .flatMap(action -> patches(action, progress)
                        .findFirst()
                        .filter(e -> action.sends() || !action.as(e.before()).sends())
                        .flatMap(e -> action.restored(e.before()))
                        .stream())
                .toList();
    }

    @Override
    public StepOutcome back(View view, ShiftTargets params, Progress progress) {
        Map<String, TargetFront> byArn = byArn(params, progress);
        List<TargetAction> actions = actions(view, byArn);
        List<PatchObject> back = restoring(actions, progress);
        return back.isEmpty()
                ? following(view, byArn, actions, progress)
                        .orElseGet(() -> Outcomes.done("requests are forwarded as before"))
                : Outcomes.firstServes(params.urls(), progress)
                        .orElseGet(() -> Outcomes.perform("sending clients back", back, progress));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.INGRESSES, Part.SERVICES, Part.LOAD_BALANCERS, Part.TARGET_GROUPS);
    }
}
