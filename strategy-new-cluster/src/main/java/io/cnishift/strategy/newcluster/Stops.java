package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.draft.StepDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The steps that end what runs in the first cluster. Autoscalers first, whoever holds them: they would add nodes for pods that have none,
 * and take those away that are about to go. Then one for what nobody holds and one for each kind of owner that would scale it up again,
 * so that an owner is asked for its own workloads and waited for alone. The controller of load balancers ends with its node: it may yet have
 * some to take away.
 */
final class Stops {

    private static final String ID = "stop-first";

    private final View first;
    private final List<String> namespaces;

    Stops(View first, List<String> namespaces) {
        this.first = first;
        this.namespaces = List.copyOf(namespaces);
    }

    List<Step> steps() {
        List<Workload> autoscalers = autoscalers();
        List<Step> steps = new ArrayList<>(steps(ID + "-autoscaler", autoscalers));
        steps.addAll(steps(
                ID,
                new Inventory(first)
                        .lasting(namespaces).stream()
                                .filter(w -> !w.kind().equals("DaemonSet") && !autoscalers.contains(w))
                                .filter(w -> !OneClusters.makesBalancers(w))
                                .toList()));
        return steps;
    }

    private static List<Step> steps(String id, List<Workload> workloads) {
        Map<String, List<String>> byHolder = new TreeMap<>();
        for (Workload workload : workloads) {
            String holder = workload.owner().insists() ? "-" + workload.owner().kind() : "";
            byHolder.computeIfAbsent(holder, h -> new ArrayList<>()).add(workload.key());
        }
        List<Step> steps = new ArrayList<>();
        byHolder.forEach((holder, keys) -> steps.add(StepDraft.of(
                id + holder,
                new ScaleToNone(keys),
                holder.isEmpty()
                        ? "nobody calls them any more, and pods that are told to end do so in their own time"
                        : "nobody calls them any more, and whoever holds them would scale them up again",
                keys.stream().map(key -> Part.WORKLOADS + "/" + key).toList(),
                "replicas as before, and until all pods are there again")));
        return steps;
    }

    private List<Workload> autoscalers() {
        return first.workloads().stream()
                .filter(w -> w.kind().equals("Deployment") && w.name().contains("cluster-autoscaler"))
                .toList();
    }
}
