package io.cnishift.strategy.chaining;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    List<Finding> findings(ChainingOptions options) {
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
                                "a load balancer sends to its pods' addresses, and old ones end as soon as new ones are ready, up to "
                                        + secondsToHealthy(s) + " s before the load balancer takes these for healthy",
                                "let Service " + s.key() + " have instance targets first, or accept the gap"))));
        restartable()
                .filter(w -> w.kind().equals("Deployment") && MinReady.mayGo(w) == 0)
                .filter(w -> !new Beside(view).hasRoomFor(w))
                .forEach(w -> findings.add(Code.NO_NODE_BESIDE.of(
                        w.key(),
                        "its restart starts a pod before it ends one, and no node that may run it has room for one more",
                        "add a node, or let its rollout end a pod first (maxUnavailable=1)")));
        by(Way.NOBODY)
                .forEach(
                        p -> findings.add(
                                Code.BARE_PODS.of(
                                        "Pod " + p.key(),
                                        "it has no controller, so nothing makes it again",
                                        "give it a controller, or accept that it stays without policies until its owner makes it again")));
        keys(Way.ITS_OWNER)
                .forEach(key -> findings.add(Code.OTHER_CONTROLLER.of(
                        key,
                        "its pods have to be restarted by whoever makes them, which cnishift does not know how to ask for",
                        "accept it, and have its pods made anew once Cilium is installed, before phase steady")));
        keys(Way.ITS_END).forEach(key -> findings.add(job(key, options)));
        view.workloads().stream()
                .filter(w -> KINDS.contains(w.kind()) && addressed(w) && byHand(w))
                .forEach(w -> findings.add(Code.BY_HAND.of(
                        w.key(),
                        w.paused() ? "its rollout is paused" : "its update strategy is OnDelete",
                        "delete its pods one by one when the run waits for them, or accept it")));
        return findings;
    }

    private static Finding job(String key, ChainingOptions options) {
        return options.jobs() == ChainingOptions.Jobs.WAIT
                ? Code.JOBS.of(
                        key,
                        "its pods come under Cilium by ending only, and the run waits "
                                + Count.of(options.jobLimit().toMinutes(), "minute")
                                + " for that before it changes anything",
                        "plan the run for after it ends, or leave it out with jobs=leave")
                : Code.JOB_LEFT.of(
                        key,
                        "its pods are left without policies until they end",
                        "accept it, or have the run wait for it with jobs=wait");
    }

    /** Pods that are to be endpoints and come to be it in that way. */
    Stream<Pod> by(Way way) {
        return view.pods().stream().filter(p -> chained(p) && way(p) == way);
    }

    private Set<String> keys(Way way) {
        return by(way).flatMap(p -> p.workload().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** How that pod comes under Cilium. */
    Way way(Pod pod) {
        if (pod.controller().isEmpty()) {
            return Way.NOBODY;
        }
        if (pod.controller().filter(c -> c.kind().equals("Job")).isPresent()) {
            return Way.ITS_END;
        }
        return pod.workload()
                        .flatMap(view::workload)
                        .filter(w -> KINDS.contains(w.kind()))
                        .isPresent()
                ? Way.RESTART
                : Way.ITS_OWNER;
    }

    private Stream<Workload> restartable() {
        return view.workloads().stream()
                .filter(w -> KINDS.contains(w.kind()) && addressed(w) && !byHand(w))
                .sorted(Comparator.comparing(Workload::key));
    }

    private boolean ipTargets(Service service) {
        return secondsToHealthy(service) > 0;
    }

    /** Of the slowest group with addresses of pods; 0 where there is none. */
    private int secondsToHealthy(Service service) {
        return view.targetGroupsOf(service.key()).stream()
                .filter(group -> group.targetType().equals("ip"))
                .mapToInt(TargetGroup::secondsToHealthy)
                .max()
                .orElse(0);
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
                && !pod.mirror()
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

    /** What makes a pod anew. */
    enum Way {
        /** A restart of its workload, by the run or by hand. */
        RESTART,
        /** Its end: a Job's pods are not made twice. */
        ITS_END,
        /** A controller that only its owner can ask: an operator's, or a ReplicaSet by itself. */
        ITS_OWNER,
        /** No controller. */
        NOBODY
    }
}
