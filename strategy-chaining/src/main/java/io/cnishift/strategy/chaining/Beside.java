package io.cnishift.strategy.chaining;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Room for one more pod of a workload beside those that run. What the scheduler sees beyond node selector, node affinity, taints,
 * pod slots, CPU and memory is not looked at; a rehearsal does.
 */
record Beside(View view) {

    boolean hasRoomFor(Workload workload) {
        return view.podsOf(workload.key()).stream()
                .filter(p -> !p.finished())
                .findFirst()
                .map(pod -> view.nodes().stream().anyMatch(n -> mayRun(n, workload.podSpec()) && fits(n, pod)))
                .orElse(true);
    }

    private static boolean mayRun(Node node, Map<String, Object> spec) {
        List<Map<String, Object>> terms = Tree.maps(
                spec,
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
        return node.ready()
                && !node.unschedulable()
                && node.labels()
                        .entrySet()
                        .containsAll(Tree.strings(spec, "nodeSelector").entrySet())
                && (terms.isEmpty() || terms.stream().anyMatch(t -> Selectors.matches(t, node.labels())))
                && node.taints().stream()
                        .allMatch(t -> t.effect().equals("PreferNoSchedule")
                                || Tree.maps(spec, "tolerations").stream().anyMatch(o -> tolerates(o, t)));
    }

    private static boolean tolerates(Map<String, Object> toleration, Taint taint) {
        String key = Tree.text(toleration, "key").orElse("");
        boolean exists =
                Tree.text(toleration, "operator").filter("Exists"::equals).isPresent();
        return (key.isEmpty() ? exists : key.equals(taint.key()))
                && (exists || Tree.text(toleration, "value").orElse("").equals(taint.value()))
                && Tree.text(toleration, "effect")
                        .filter(e -> !e.equals(taint.effect()))
                        .isEmpty();
    }

    private boolean fits(Node node, Pod pod) {
        return view.admitsOneMore(node)
                && left(node, node.cpuMillis(), Pod::cpuMillis) >= pod.cpuMillis()
                && left(node, node.memoryMiB(), Pod::memoryMiB) >= pod.memoryMiB();
    }

    private long left(Node node, long has, ToLongFunction<Pod> wants) {
        return has
                - view.podsOn(node.name()).stream()
                        .filter(p -> !p.finished())
                        .mapToLong(wants)
                        .sum();
    }
}
