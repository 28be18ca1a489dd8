package io.cnishift.api.roll;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.KubeReserved;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Whether pods fit while nodes are replaced, by what they request and by their number: all pods that move, on as many new nodes
 * as old ones are replaced, less those that are drained before their replacement is there. A new node has the memory of an old
 * one less what a higher max-pods keeps back, and may admit fewer pods; a node that stays keeps its pods. Placement rules of
 * single pods are not looked at; a rehearsal does.
 */
final class Room {

    private Room() {}

    static List<Finding> findings(RollDraft draft) {
        long cpu = 0;
        long memory = 0;
        long slots = 0;
        for (GroupDraft group : draft.groups()) {
            cpu += left(draft, group, Node::cpuMillis, Pod::cpuMillis);
            memory += left(draft, group, n -> memory(n, group.maxPods()), Pod::memoryMiB);
            slots += left(draft, group, n -> group.maxPods() - ofDaemonSets(draft, n), p -> ofDaemonSet(p) ? 0 : 1);
        }
        List<Finding> findings = new ArrayList<>();
        if (cpu < 0 || memory < 0) {
            findings.add(full(
                    draft,
                    "requests for " + Math.max(0, -cpu) + " mCPU and " + Math.max(0, -memory) + " MiB have no place",
                    "set a lower maxPods"));
        }
        if (slots < 0) {
            findings.add(full(
                    draft,
                    "new nodes admit fewer pods than there are, by " + -slots,
                    "have new nodes admit more pods"));
        }
        return findings;
    }

    private static Finding full(RollDraft draft, String message, String remedy) {
        return draft.site()
                .finding(
                        RollCode.NO_CAPACITY,
                        "all node groups",
                        "while nodes are replaced, " + message,
                        "add nodes first, allow a surge, or " + remedy);
    }

    /** What is left of one resource in a group; below 0 when it is short. */
    private static long left(RollDraft draft, GroupDraft group, ToLongFunction<Node> has, ToLongFunction<Pod> wants) {
        int drainedFirst =
                Math.max(0, group.surge().maxUnavailable() - group.surge().maxSurge());
        List<Node> replaced =
                group.nodes().stream().filter(n -> !draft.remains(n)).toList();
        long there = replaced.stream().mapToLong(has).sum()
                - drainedFirst * replaced.stream().mapToLong(has).max().orElse(0);
        long wanted = replaced.stream()
                .flatMap(n -> draft.site().view().podsOn(n.name()).stream())
                .filter(p -> !p.finished())
                .mapToLong(wants)
                .sum();
        return there - wanted;
    }

    /** Pods that come with every node and go with it: whatever node is drained first, they look for no place. */
    private static long ofDaemonSets(RollDraft draft, Node node) {
        return draft.site().view().podsOn(node.name()).stream()
                .filter(p -> !p.finished() && ofDaemonSet(p))
                .count();
    }

    private static boolean ofDaemonSet(Pod pod) {
        return pod.workload().filter(key -> key.startsWith("DaemonSet/")).isPresent();
    }

    private static long memory(Node node, int maxPods) {
        return node.memoryMiB()
                - KubeReserved.memoryMiB(Math.max(1, maxPods))
                + KubeReserved.memoryMiB(Math.max(1, node.maxPods()));
    }
}
