package io.cnishift.engine.compare;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.cluster.PodRoom;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Goal;
import io.cnishift.api.plan.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the cluster can hold as it is: pod slots that the kubelets admit, and addresses that the subnets can still give. */
final class Stay {

    private Stay() {}

    static Assessment assess(View view, Optional<Goal> goal) {
        PodRoom room = PodRoom.of(view);
        long pending = pending(view, room);
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.of(
                "STAY-ROOM",
                more(room, pending) == 0 ? Severity.WARNING : Severity.INFO,
                "cluster " + view.cluster().name(),
                text(room, pending),
                more(room, pending) == 0 ? "choose one of the ways below" : "watch these numbers; they say when to act",
                "docs/codes.md"));
        Assessment still = unchanged(view, findings);
        goal.map(g -> Goals.judge(g, still, view))
                .filter(line -> !line.reached())
                .ifPresent(line -> findings.add(Finding.of(
                        "STAY-GOAL-MISSED",
                        Severity.WARNING,
                        "goal " + goal.get(),
                        line.text(),
                        "choose one of the ways below",
                        "docs/codes.md")));
        return unchanged(view, findings);
    }

    /** The cluster with nothing changed. */
    static Assessment unchanged(View view, List<Finding> findings) {
        Map<String, Integer> perNode = new TreeMap<>();
        view.nodes().forEach(n -> perNode.merge(n.instanceType(), n.maxPods(), Math::max));
        return new Assessment(
                findings,
                new Assessment.Capacity(perNode, PodRoom.of(view).total()),
                Budgets.asIs(view),
                new Assessment.Disruption(0, 0, 0),
                new Assessment.Cost(0, 0),
                new Assessment.Features(List.of(), List.of()),
                new Assessment.Reversible(Optional.empty(), "nothing changes"));
    }

    /** Pods that count: not finished. */
    static long podsNow(View view) {
        return view.pods().stream().filter(p -> !p.finished()).count();
    }

    private static String text(PodRoom room, long pending) {
        return "room for " + Count.of(more(room, pending), "more pod") + " on the nodes there are, limited by "
                + (room.limitedBySlots() ? "pod slots" : "addresses") + ": "
                + Count.of(room.openSlots(), "free pod slot") + "; "
                + Count.of(room.freeAddresses(), "free address", "free addresses") + " in the node subnets and "
                + room.warmAddresses() + " held warm by nodes"
                + (pending == 0 ? "" : "; without a node: " + Count.of(pending, "pod"));
    }

    private static long more(PodRoom room, long pending) {
        return Math.max(0, room.more() - pending);
    }

    /** Pods that have no node yet. */
    private static long pending(View view, PodRoom room) {
        return Math.max(0, podsNow(view) - room.running());
    }
}
