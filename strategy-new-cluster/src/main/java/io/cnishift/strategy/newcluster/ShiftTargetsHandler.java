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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Moves a share of the requests by weights of target groups.
 *
 * <ol>
 *   <li>The load balancer forwards to the second cluster's groups with no weight, for health is checked of groups that are forwarded to.
 *   <li>Once every group has healthy targets, the weights are brought to the share, and the controller has to follow.
 *   <li>The second cluster is watched for the soak. When it stops to answer, or a group has no healthy target, the weights are put back
 *       first and the run is stopped then.
 *   <li>Back: the annotations and rules of before, once the first cluster is not known to fail. No resolver remembers anything.
 * </ol>
 */
final class ShiftTargetsHandler implements StepHandler<ShiftTargets> {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int FAILURES = 2;

    @Override
    public StepOutcome next(View view, ShiftTargets params, Progress progress) {
        Map<String, TargetFront> byArn = new LinkedHashMap<>();
        for (TargetFront front : params.fronts()) {
            Optional<String> arn = MakeTargetsHandler.arn(front, progress.of(MakeTargets.STEP));
            if (arn.isEmpty()) {
                return new StepOutcome.Failed("no target group was made as " + front.group(), Disposition.ABORT);
            }
            byArn.put(arn.get(), front);
        }
        Urls urls = Urls.ofSecond(params.urls(), progress, progress.underWaySince());
        Optional<String> failing = urls.failing(FAILURES);
        return failing.isPresent()
                ? withdrawn(view, params, progress, failing.get())
                : shifted(view, params, byArn, progress, urls);
    }

    private static StepOutcome shifted(
            View view, ShiftTargets params, Map<String, TargetFront> byArn, Progress progress, Urls urls) {
        List<TargetAction> actions = new ArrayList<>();
        for (String ingress :
                byArn.values().stream().map(TargetFront::ingress).distinct().toList()) {
            Optional<TargetAction> action = action(view, ingress, byArn);
            if (action.isEmpty()) {
                return new StepOutcome.Failed("there is no Ingress " + ingress, Disposition.ASK);
            }
            actions.add(action.get());
        }
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
        boolean forwarding = forwards(view, byArn.keySet()).anyMatch(to -> to.weight() > 0);
        Optional<String> sick = sick(view, byArn, forwarding);
        if (sick.isPresent()) {
            return forwarding ? withdrawn(view, params, progress, sick.get()) : waiting(sick.get(), progress);
        }
        if (!due.isEmpty()) {
            return Outcomes.perform(
                    "forwarding " + params.percent() + " % of the requests to the second cluster", due, progress);
        }
        Optional<String> behind = behind(view, byArn, params.percent());
        return behind.isPresent() ? waiting(behind.get(), progress) : watched(params, progress, urls);
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

    private static StepOutcome waiting(String why, Progress progress) {
        Instant since = lastChange(progress)
                .filter(at -> at.isAfter(progress.underWaySince()))
                .orElse(progress.underWaySince());
        return progress.now().isBefore(since.plus(PATIENCE))
                ? Outcomes.notYet(5, why)
                : Outcomes.blocked(Code.NOT_SERVED.of(
                        "second cluster",
                        why,
                        "see the controllers of both clusters, health checks and security groups of nodes, then resume; no"
                                + " more requests were forwarded there"));
    }

    private static Optional<TargetAction> action(View view, String ingress, Map<String, TargetFront> byArn) {
        Map<String, TargetFront> its = new LinkedHashMap<>(byArn);
        its.values().removeIf(front -> !front.ingress().equals(ingress));
        return view.get(Part.INGRESSES, Ingress.class, ingress).map(i -> new TargetAction(i, its));
    }

    private static Optional<Instant> lastChange(Progress progress) {
        return progress.all(PatchObject.class).stream()
                .filter(e -> e.result().done())
                .map(Progress.Entry::at)
                .reduce((earlier, later) -> later);
    }

    /** Clients come first: they are sent back, and then a person is told. */
    private static StepOutcome withdrawn(View view, ShiftTargets params, Progress progress, String why) {
        List<PatchObject> back = restoring(view, params, progress);
        if (!back.isEmpty()) {
            return Outcomes.perform("sending clients back to where they were: " + why, back, progress);
        }
        return following(view, params, progress)
                .orElseGet(() -> Outcomes.blocked(Code.SHIFT_FAILED.of(
                        "second cluster",
                        "it stopped to serve with " + params.percent()
                                + " % of the requests, which are forwarded as before: " + why,
                        "mend it, then resume; or roll back")));
    }

    /** Waits until no load balancer forwards that share any more, which follows what was written within seconds. */
    private static Optional<StepOutcome> following(View view, ShiftTargets params, Progress progress) {
        Set<String> arns = params.fronts().stream()
                .flatMap(front -> MakeTargetsHandler.arn(front, progress.of(MakeTargets.STEP)).stream())
                .collect(Collectors.toSet());
        boolean changed = lastChange(progress).isPresent();
        return changed && forwards(view, arns).anyMatch(to -> to.weight() == params.percent())
                ? Optional.of(waiting("the controller of the first cluster has not sent clients back yet", progress))
                : Optional.empty();
    }

    private static List<PatchObject> restoring(View view, ShiftTargets params, Progress progress) {
        Map<String, TargetFront> byName = new LinkedHashMap<>();
        params.fronts().forEach(front -> byName.put(front.group(), front));
        return params.fronts().stream()
                .map(TargetFront::ingress)
                .distinct()
                .flatMap(ingress -> action(view, ingress, byName).stream())
                .flatMap(action -> progress.all(PatchObject.class).stream()
                        .filter(e -> e.act()
                                        .target()
                                        .equals(TargetAction.ref(
                                                        action.ingress().key())
                                                .toString())
                                && e.result().done())
                        .findFirst()
                        .flatMap(e -> action.restored(e.before()))
                        .stream())
                .toList();
    }

    @Override
    public StepOutcome back(View view, ShiftTargets params, Progress progress) {
        List<PatchObject> back = restoring(view, params, progress);
        return back.isEmpty()
                ? following(view, params, progress).orElseGet(() -> Outcomes.done("requests are forwarded as before"))
                : Outcomes.firstServes(params.urls(), progress)
                        .orElseGet(() -> Outcomes.perform("sending clients back", back, progress));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.INGRESSES, Part.SERVICES, Part.LOAD_BALANCERS, Part.TARGET_GROUPS);
    }
}
