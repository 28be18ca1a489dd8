package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.RegisterTargets;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A machine as a target of load balancers. Where the load balancer controller keeps the target group, the label of the node
 * takes it out; elsewhere it is taken out here. Never the last healthy target.
 */
final class NodeTargets {

    private static final Set<Part> BINDINGS = Set.of(Part.TARGET_GROUP_BINDINGS);
    private static final String BOUND = "target groups that have a binding";

    private final View view;
    private final String instance;

    NodeTargets(View view, String instance) {
        this.view = view;
        this.instance = instance;
    }

    /** Takes the machine out where nobody else does. */
    List<Act> deregister() {
        return groups().stream()
                .filter(g -> !bound(view, g) && othersHealthy(g))
                .filter(g -> g.targets().stream()
                        .anyMatch(t -> t.id().equals(instance) && !t.health().equals("draining")))
                .map(g -> (Act) new DeregisterTargets(g.arn(), List.of(instance)))
                .toList();
    }

    /** Why the machine may not go yet, as far as load balancers are concerned. */
    Optional<String> pending() {
        List<TargetGroup> groups = groups();
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        TargetGroup group = groups.get(0);
        return Optional.of(
                othersHealthy(group)
                        ? "target group " + group.name() + " to drain it"
                        : "another healthy target in target group " + group.name());
    }

    private List<TargetGroup> groups() {
        List<TargetGroup> all = view.targetGroupsWith(instance);
        if (all.isEmpty()) {
            return all;
        }
        List<TargetGroup> groups = new ArrayList<>(all.size());
        for (TargetGroup group : all) {
            if (group.targetType().equals("instance")) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** Whether the load balancer controller keeps its targets; it does that by a binding, and by nothing else. */
    static boolean bound(View view, TargetGroup group) {
        return view.unlessChanged(
                        BINDINGS,
                        BOUND,
                        () -> view.all(Part.TARGET_GROUP_BINDINGS, TargetGroupBinding.class).stream()
                                .map(TargetGroupBinding::targetGroup)
                                .collect(Collectors.toSet()))
                .contains(group.arn());
    }

    /** Whether it is not the last healthy target. Nearly always the first one looked at is another healthy one. */
    private boolean othersHealthy(TargetGroup group) {
        boolean healthyHere = false;
        for (TargetGroup.Target target : group.targets()) {
            if (target.health().equals("healthy")) {
                if (!target.id().equals(instance)) {
                    return true;
                }
                healthyHere = true;
            }
        }
        return !healthyHere;
    }

    /**
     * Puts machines back that a step took out and that still run, of whatever group, where nobody else does.
     *
     * @param leaving instances that the way back takes out itself
     */
    static List<Act> reregister(View view, Progress progress, Set<String> leaving) {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        progress.all(DeregisterTargets.class).stream()
                .map(e -> (DeregisterTargets) e.act())
                .forEach(a -> out.computeIfAbsent(a.targetGroup(), arn -> new LinkedHashSet<>())
                        .addAll(a.targets()));
        List<Act> acts = new ArrayList<>();
        out.forEach((arn, ids) -> view.get(Part.TARGET_GROUPS, TargetGroup.class, arn)
                .filter(g -> !bound(view, g))
                .ifPresent(g -> {
                    List<String> missing = ids.stream()
                            .filter(id -> !leaving.contains(id) && runs(view, id) && !registered(g, id))
                            .toList();
                    if (!missing.isEmpty()) {
                        acts.add(new RegisterTargets(arn, missing));
                    }
                }));
        return acts;
    }

    /** An instance that does not run cannot be registered. */
    private static boolean runs(View view, String id) {
        return view.get(Part.INSTANCES, Instance.class, id)
                .filter(i -> i.state().equals("running"))
                .isPresent();
    }

    private static boolean registered(TargetGroup group, String id) {
        return group.targets().stream()
                .anyMatch(t -> t.id().equals(id) && !t.health().equals("draining"));
    }
}
