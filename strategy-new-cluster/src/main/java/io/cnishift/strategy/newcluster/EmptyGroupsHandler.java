package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Node groups to nought, and back to the sizes they had, until their nodes and what runs there by itself are ready. */
final class EmptyGroupsHandler implements StepHandler<EmptyGroups> {

    @Override
    public StepOutcome next(View view, EmptyGroups params, Progress progress) {
        List<SetGroupSize> due = new ArrayList<>();
        int instances = 0;
        int nodes = 0;
        for (String name : params.groups()) {
            Optional<NodeGroup> group = view.nodeGroup(name);
            if (group.filter(g -> g.desiredSize() > 0 || g.minSize() > 0).isPresent()) {
                due.add(new SetGroupSize(name, 0, Math.max(1, group.get().maxSize()), 0));
            }
            instances += (int) view.instancesOf(name).stream()
                    .filter(i -> !i.state().equals("terminated"))
                    .count();
            nodes += view.nodesOf(name).size();
        }
        if (!due.isEmpty()) {
            return Outcomes.perform("letting the first cluster's nodes go", due, progress);
        }
        if (instances > 0) {
            return Outcomes.notYet(15, Count.of(instances, "instance has", "instances have") + " yet to end");
        }
        // the cluster calls a node ready for a while after its instance: who looked then would take its pods for
        // running
        return nodes > 0
                ? Outcomes.notYet(15, Count.of(nodes, "node has", "nodes have") + " yet to be forgotten")
                : Outcomes.done(Count.of(params.groups().size(), "node group has", "node groups have")
                        + " no nodes in the first cluster");
    }

    @Override
    public StepOutcome back(View view, EmptyGroups params, Progress progress) {
        List<SetGroupSize> due = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (String name : params.groups()) {
            Optional<SetGroupSize> before = sizeBefore(name, progress);
            Optional<NodeGroup> group = view.nodeGroup(name);
            if (before.isPresent() && group.isPresent()) {
                if (group.get().desiredSize() == 0) {
                    due.add(before.get());
                } else if (view.nodesOf(name).stream()
                                .filter(n -> n.ready() && runs(view, n))
                                .count()
                        < before.get().desiredSize()) {
                    waiting.add("node group " + name);
                }
            }
        }
        if (!due.isEmpty()) {
            return Outcomes.perform("bringing the first cluster's nodes back", due, progress);
        }
        view.workloads().stream()
                .filter(w -> w.kind().equals("Deployment") && w.desired() > 0 && !w.settled())
                .forEach(w -> waiting.add(w.key()));
        return waiting.isEmpty()
                ? Outcomes.done("the first cluster's node groups have their nodes again")
                : Outcomes.notYet(15, waiting.get(0) + " has not all that it had");
    }

    /** A node is called ready for a while after its instance has ended: pods that are bound to it then wait, and crowd the next one. */
    private static boolean runs(View view, Node node) {
        return node.instance()
                .flatMap(id -> view.get(Part.INSTANCES, Instance.class, id))
                .filter(i -> i.state().equals("running"))
                .isPresent();
    }

    private static Optional<SetGroupSize> sizeBefore(String group, Progress progress) {
        return progress.all(SetGroupSize.class).stream()
                .filter(e -> ((SetGroupSize) e.act()).group().equals(group) && Outcomes.mayBeDone(e.result()))
                .findFirst()
                .map(e -> new SetGroupSize(
                        group,
                        (int) Tree.number(e.before(), 0, "minSize"),
                        (int) Tree.number(e.before(), 1, "maxSize"),
                        (int) Tree.number(e.before(), 1, "desiredSize")));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.NODE_GROUPS, Part.INSTANCES, Part.NODES, Part.WORKLOADS);
    }
}
