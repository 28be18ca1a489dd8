package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes all old nodes out of load balancers before the first pod moves. Where the sides do not reach each other, an old node
 * cannot pass a request on to a pod that has moved; a new one can to either, since the VPC carries it to pods of the old CNI.
 *
 * <ol>
 *   <li>Every target group in which an old node is healthy has a healthy new one. Where none is, as without a listener, no
 *       request is lost with it.
 *   <li>Old nodes of every group get the label that the load balancer controller heeds; other target groups are asked.
 *   <li>Requests under way to them end.
 * </ol>
 */
final class Withdrawal {

    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(15);

    private final Roll roll;
    private final List<Node> old;
    private final Set<String> instances;

    Withdrawal(Roll roll) {
        this.roll = roll;
        this.old = roll.view().nodes().stream()
                .filter(n -> n.linux() && !NewSide.has(n, roll.params().cniLabel()))
                .toList();
        this.instances = old.stream().flatMap(n -> n.instance().stream()).collect(Collectors.toSet());
    }

    /** Whether no load balancer sends to an old node any more; otherwise does the next thing for it. */
    boolean isOver(Agenda agenda) {
        List<TargetGroup> groups = groups();
        if (groups.isEmpty()) {
            return true;
        }
        Optional<TargetGroup> early =
                groups.stream().filter(g -> servedByOld(g) && !servedByNew(g)).findFirst();
        if (early.isPresent()) {
            unserved(early.get(), agenda);
            return false;
        }
        List<Act> acts = acts(groups);
        agenda.acts("taking " + Count.of(old.size(), "old node") + " out of load balancers", acts);
        if (acts.isEmpty()) {
            agenda.wait(5, "waiting until target group " + groups.get(0).name() + " has drained all old nodes");
        }
        return false;
    }

    private void unserved(TargetGroup group, Agenda agenda) {
        if (Patience.over(roll.progress(), HEALTHY_WITHIN, lastAct())) {
            agenda.block(StepCode.TARGETS_UNHEALTHY.of(
                    "target group " + group.name(),
                    "has no healthy new node, after " + HEALTHY_WITHIN.toMinutes() + " minutes",
                    "see the reasons of its targets and that it gets the new nodes, then resume"));
        } else {
            agenda.wait(5, "waiting for a healthy new node in target group " + group.name());
        }
    }

    /** What the wait counts from: new nodes were made by one of these acts, and old ones tainted once those were proven. */
    private Optional<Progress.Entry> lastAct() {
        return Stream.of(SetGroupSize.class, ApplyObject.class, PatchObject.class, TerminateInstance.class)
                .flatMap(type -> roll.progress().all(type).stream())
                .max(Comparator.comparing(Progress.Entry::at));
    }

    private List<Act> acts(List<TargetGroup> groups) {
        List<Act> acts = new ArrayList<>();
        old.stream()
                .filter(n -> !n.labels().containsKey(TargetHealth.EXCLUDED))
                .forEach(n -> acts.add(NodeMarks.exclude(n)));
        groups.stream().filter(g -> !NodeTargets.bound(roll.view(), g)).forEach(g -> {
            List<String> there = g.targets().stream()
                    .filter(t -> instances.contains(t.id()) && !t.health().equals("draining"))
                    .map(TargetGroup.Target::id)
                    .toList();
            if (!there.isEmpty()) {
                acts.add(new DeregisterTargets(g.arn(), there));
            }
        });
        return acts;
    }

    /** Those to which an old node belongs. */
    private List<TargetGroup> groups() {
        return roll.view().all(Part.TARGET_GROUPS, TargetGroup.class).stream()
                .filter(g -> g.targetType().equals("instance"))
                .filter(g -> g.targets().stream().anyMatch(t -> instances.contains(t.id())))
                .toList();
    }

    private boolean servedByOld(TargetGroup group) {
        return group.targets().stream().anyMatch(t -> t.health().equals("healthy") && instances.contains(t.id()));
    }

    private boolean servedByNew(TargetGroup group) {
        return group.targets().stream().anyMatch(t -> t.health().equals("healthy") && !instances.contains(t.id()));
    }
}
