package io.cnishift.strategy.chaining;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which workloads are to be restarted, for a pod comes under Cilium when it starts; by namespace, the system's first. */
record Restarts(View view) {

    private static final String SYSTEM = "kube-system";
    private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "DaemonSet");

    /** Keys of the workloads by namespace. */
    TreeMap<String, List<String>> byNamespace() {
        return restartable()
                .collect(Collectors.groupingBy(
                        Workload::namespace,
                        () -> new TreeMap<>(Comparator.comparing((String n) -> !n.equals(SYSTEM))
                                .thenComparing(Comparator.naturalOrder())),
                        Collectors.mapping(Workload::key, Collectors.toList())));
    }

    /** What a restart would do to Services, and which pods none reaches. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        restartable()
                .forEach(w -> services(w)
                        .filter(s -> !MinReady.survivesUpdate(view, s, w))
                        .findFirst()
                        .ifPresent(s -> findings.add(Code.RESTART_GAP.of(
                                w.key(),
                                "its restart takes Service " + s.key() + " below the " + MinReady.whenHealthy(view, s)
                                        + " ready endpoints that it is guaranteed",
                                "give it one more replica or a surge, or accept the gap"))));
        restartable()
                .forEach(w -> services(w)
                        .filter(this::ipTargets)
                        .findFirst()
                        .ifPresent(s -> findings.add(Code.TARGET_GAP.of(
                                w.key(),
                                "a load balancer sends to its pods' addresses, and old ones end as soon as new ones are ready, which is"
                                        + " before the load balancer takes these for healthy",
                                "let Service " + s.key() + " have instance targets first, or accept the gap"))));
        view.pods().stream()
                .filter(p -> chained(p) && p.controller().isEmpty() && !p.mirror())
                .forEach(
                        p -> findings.add(
                                Code.BARE_PODS.of(
                                        "Pod " + p.key(),
                                        "it has no controller, so nothing makes it again",
                                        "give it a controller, or accept that it stays without policies until its owner makes it again")));
        view.workloads().stream()
                .filter(w -> w.kind().equals("Job") && addressed(w))
                .forEach(w -> findings.add(Code.JOBS.of(
                        w.key(), "its pods come under Cilium by ending only", "plan the run for after they end")));
        view.workloads().stream()
                .filter(w -> KINDS.contains(w.kind()) && addressed(w) && byHand(w))
                .forEach(w -> findings.add(Code.BY_HAND.of(
                        w.key(),
                        w.paused() ? "its rollout is paused" : "its update strategy is OnDelete",
                        "delete its pods one by one when the run waits for them, or accept it")));
        return findings;
    }

    private Stream<Workload> restartable() {
        return view.workloads().stream()
                .filter(w -> KINDS.contains(w.kind()) && addressed(w) && !byHand(w))
                .sorted(Comparator.comparing(Workload::key));
    }

    private boolean ipTargets(Service service) {
        return view.targetGroupsOf(service.key()).stream()
                .anyMatch(group -> group.targetType().equals("ip"));
    }

    private static boolean byHand(Workload workload) {
        return workload.updateStrategy().equals("OnDelete") || workload.paused();
    }

    private boolean addressed(Workload workload) {
        return view.podsOf(workload.key()).stream().anyMatch(this::chained);
    }

    /** A pod with an address of its own on a node that runs an agent. */
    private boolean chained(Pod pod) {
        return !pod.hostNetwork()
                && !pod.finished()
                && pod.node().flatMap(view::node).filter(this::hasAgent).isPresent();
    }

    /** Fargate has no instance, and Windows no agent. */
    private boolean hasAgent(Node node) {
        return node.linux() && view.instanceOf(node).isPresent();
    }

    private Stream<Service> services(Workload workload) {
        return view.podsOf(workload.key()).stream()
                .flatMap(p -> view.servicesOf(p).stream())
                .distinct();
    }
}
