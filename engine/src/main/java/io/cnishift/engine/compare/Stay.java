package io.cnishift.engine.compare;

import io.cnishift.api.Assessment;
import io.cnishift.api.Count;
import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Goal;
import io.cnishift.api.plan.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the cluster can hold as it is: pod slots that the kubelets admit, and addresses that the subnets can still give. */
final class Stay {

    private Stay() {}

    static Assessment assess(View view, Optional<Goal> goal) {
        Room room = room(view);
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.of(
                "STAY-ROOM",
                room.pods() == 0 ? Severity.WARNING : Severity.INFO,
                "cluster " + view.cluster().name(),
                room.text(),
                room.pods() == 0 ? "choose one of the ways below" : "watch these numbers; they say when to act",
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
                new Assessment.Capacity(perNode, podsNow(view) + room(view).pods()),
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

    private static Room room(View view) {
        long slots = view.nodes().stream().mapToLong(Node::maxPods).sum() - podsNow(view);
        Set<String> nodeSubnets = view.all(Part.INSTANCES, Instance.class).stream()
                .map(Instance::subnet)
                .collect(Collectors.toSet());
        long free = nodeSubnets.stream()
                .flatMap(id -> view.subnet(id).stream())
                .mapToLong(Subnet::freeAddresses)
                .sum();
        return new Room(Math.max(0, slots), free, warm(view));
    }

    /** Addresses that nodes hold and no pod uses. */
    private static long warm(View view) {
        long held = view.all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                .filter(i -> i.instance().isPresent())
                .mapToLong(i -> i.addresses().size() - 1L + 16L * i.prefixes().size())
                .sum();
        long used = view.pods().stream()
                .filter(p -> !p.finished() && !p.hostNetwork() && p.address().isPresent())
                .count();
        return Math.max(0, held - used);
    }

    /** Room for more pods, on the nodes there are. */
    private record Room(long slots, long freeAddresses, long warmAddresses) {

        long pods() {
            return Math.min(slots, freeAddresses + warmAddresses);
        }

        String text() {
            String limit = slots <= freeAddresses + warmAddresses ? "pod slots" : "addresses";
            return "room for " + Count.of(pods(), "more pod") + " on the nodes there are, limited by " + limit + ": "
                    + Count.of(slots, "free pod slot") + "; "
                    + Count.of(freeAddresses, "free address", "free addresses") + " in the node subnets and "
                    + warmAddresses
                    + " held warm by nodes";
        }
    }
}
