package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.DeleteTargetGroup;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A target group first, then the binding by which the controller of the second cluster registers targets there and lets the load balancer
 * into its nodes. Taken back the other way round.
 */
final class MakeTargetsHandler implements StepHandler<MakeTargets> {

    private static final String API = "elbv2.k8s.aws/v1beta1";
    private static final String KIND = "TargetGroupBinding";

    @Override
    public StepOutcome next(View view, MakeTargets params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<Act> groups = params.fronts().stream()
                    .filter(front -> arn(front, progress).isEmpty())
                    .<Act>map(front -> new CreateTargetGroup(
                            front.group(), front.like(), front.targetType(), MadeTags.of(progress)))
                    .toList();
            Optional<String> taken = groups.stream()
                    .flatMap(act -> progress.last(CreateTargetGroup.class, act.target()).stream())
                    .filter(e -> !e.at().isBefore(progress.underWaySince()))
                    .flatMap(e -> refused(e, Reason.EXISTS).stream())
                    .findFirst();
            if (taken.isPresent()) {
                return new StepOutcome.Failed(taken.get(), Disposition.ASK);
            }
            if (!groups.isEmpty()) {
                return Outcomes.perform("making target groups for the second cluster", groups, progress);
            }
            List<Act> bindings = binding(second, params.fronts(), progress);
            return bindings.isEmpty()
                    ? Outcomes.done(Count.of(
                            params.fronts().size(),
                            "target group has targets of the second cluster",
                            "target groups have targets of the second cluster"))
                    : Outcomes.perform("binding target groups to Services of the second cluster", bindings, progress);
        });
    }

    /** The target group that the step made for it. */
    static Optional<String> arn(TargetFront front, Progress made) {
        return made.all(CreateTargetGroup.class).stream()
                .filter(e -> ((CreateTargetGroup) e.act()).name().equals(front.group()))
                .flatMap(e ->
                        e
                                .result()
                                .fold(done -> Tree.text(done.produced(), "arn"), refused -> Optional.<String>empty())
                                .stream())
                .findFirst();
    }

    /** What binds those that are not. */
    static List<Act> binding(View second, List<TargetFront> fronts, Progress made) {
        return fronts.stream()
                .filter(front -> !bound(second, front))
                .<Act>map(front -> new OnSecond(binding(front, arn(front, made).orElseThrow())))
                .toList();
    }

    /** What takes targets of the second cluster away, and the way of these load balancers into its nodes. */
    static List<Act> unbinding(View second, List<TargetFront> fronts) {
        return fronts.stream()
                .filter(front -> bound(second, front))
                .<Act>map(front -> new OnSecond(
                        new DeleteObject(ObjectRef.of(API, KIND, front.namespace(), front.group()), Optional.empty())))
                .toList();
    }

    /** What deletes the target groups that were made, or may have been: never one that was refused, for it is somebody else's. */
    static List<Act> deleting(List<TargetFront> fronts, Progress made, Progress progress) {
        return fronts.stream()
                .filter(front -> made.all(CreateTargetGroup.class).stream()
                        .filter(e -> ((CreateTargetGroup) e.act()).name().equals(front.group()))
                        .anyMatch(e -> Outcomes.mayBeDone(e.result())))
                .map(front -> new DeleteTargetGroup(front.group(), MadeTags.of(progress)))
                .filter(act -> progress.last(DeleteTargetGroup.class, act.target())
                        .filter(e ->
                                e.result().done() || refused(e, Reason.EXISTS).isPresent())
                        .isEmpty())
                .<Act>map(act -> act)
                .toList();
    }

    private static Optional<String> refused(Progress.Entry entry, Reason reason) {
        return entry.result()
                .fold(
                        done -> Optional.empty(),
                        no -> no.reason() == reason ? Optional.of(no.message()) : Optional.empty());
    }

    private static boolean bound(View second, TargetFront front) {
        return second.get(Part.TARGET_GROUP_BINDINGS, TargetGroupBinding.class, front.namespace() + "/" + front.group())
                .isPresent();
    }

    private static ApplyObject binding(TargetFront front, String arn) {
        Object port = front.port().matches("[0-9]{1,5}") ? (Object) Integer.valueOf(front.port()) : front.port();
        List<Map<String, Object>> from = front.from().stream()
                .<Map<String, Object>>map(group -> Map.of("securityGroup", Map.of("groupID", group)))
                .toList();
        return new ApplyObject(Map.of(
                "apiVersion",
                API,
                "kind",
                KIND,
                "metadata",
                Map.of("namespace", front.namespace(), "name", front.group()),
                "spec",
                Map.of(
                        "targetGroupARN",
                        arn,
                        "targetType",
                        front.targetType(),
                        "serviceRef",
                        Map.of("name", front.service(), "port", port),
                        "networking",
                        Map.of(
                                "ingress",
                                List.of(Map.of("from", from, "ports", List.of(Map.of("protocol", "TCP"))))))));
    }

    @Override
    public StepOutcome back(View view, MakeTargets params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<Act> bound = unbinding(second, params.fronts());
            if (!bound.isEmpty()) {
                return Outcomes.perform("unbinding target groups", bound, progress);
            }
            List<Act> left = deleting(params.fronts(), progress, progress);
            return left.isEmpty()
                    ? Outcomes.done("the target groups are gone")
                    : Outcomes.perform("deleting target groups", left, progress);
        });
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.TARGET_GROUP_BINDINGS, Part.TARGET_GROUPS);
    }
}
