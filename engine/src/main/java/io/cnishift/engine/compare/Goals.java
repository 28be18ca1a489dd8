package io.cnishift.engine.compare;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Goal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether what a strategy gives is what was wanted. Pods count with those on the host network; nodes stay as many. */
final class Goals {

    private Goals() {}

    static Comparison.GoalLine judge(Goal goal, Assessment assessment, View view) {
        return switch (goal.measure()) {
            case PODS -> line(assessment.capacity().clusterMaxPods(), goal.amount(), "pods fit on the nodes there are");
            case GROWTH -> {
                long wanted = Math.round(Math.ceil(Stay.podsNow(view) * (1 + goal.amount() / 100.0)));
                yield line(assessment.capacity().clusterMaxPods(), wanted, "pods fit on the nodes there are");
            }
            case FREE_IPS -> line(free(assessment, view), goal.amount(), "addresses free in the node subnets");
            case NODES -> line(nodes(assessment, view), goal.amount(), "nodes fit into the node subnets");
        };
    }

    private static Comparison.GoalLine line(long have, long wanted, String what) {
        boolean reached = have >= wanted;
        return new Comparison.GoalLine(reached, have + " " + what + ", " + wanted + " wanted");
    }

    private static long free(Assessment assessment, View view) {
        return nodeSubnets(assessment, view).stream()
                .mapToLong(b -> b.usable() - b.usedAfter())
                .sum();
    }

    /** Nodes that fit when each takes what a node takes afterwards on average. */
    private static long nodes(Assessment assessment, View view) {
        long now = Math.max(1, view.nodes().size());
        long used = nodeSubnets(assessment, view).stream()
                .mapToLong(SubnetBudget::usedAfter)
                .sum();
        long others = nodeSubnets(assessment, view).stream()
                .flatMap(b -> view.interfacesIn(b.subnet()).stream())
                .filter(i -> i.instance().isEmpty())
                .mapToLong(i -> i.addresses().size())
                .sum();
        long perNode = Math.max(1, (used - others + now - 1) / now);
        return now + free(assessment, view) / perNode;
    }

    private static List<SubnetBudget> nodeSubnets(Assessment assessment, View view) {
        Set<String> ids = view.all(Part.INSTANCES, Instance.class).stream()
                .map(Instance::subnet)
                .collect(Collectors.toSet());
        return assessment.ipBudget().stream()
                .filter(b -> ids.contains(b.subnet()))
                .toList();
    }
}
