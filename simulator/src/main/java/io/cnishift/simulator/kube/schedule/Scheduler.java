package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.HostPorts;
import io.cnishift.simulator.kube.NodeRecords;
import io.cnishift.simulator.kube.PodEni;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Binds pods to nodes.
 *
 * <ol>
 *   <li>A pod without a node waits in the queue, in order of creation. A new pod, a pod that went, a node that changed make
 *       the scheduler look again shortly after.
 *   <li>Nodes are filtered: taints, node affinity, max-pods, resources, host ports, volumes, other pods.
 *   <li>Of the rest the best is taken: fewest taints that would rather not, most preferred, fewest siblings, emptiest; at a
 *       tie the first by name. Nodes are looked at from the emptiest on, until none that is left can be better.
 *   <li>Where none is left, the pod's condition says why, in the words of the real one.
 * </ol>
 *
 * Source: Kubernetes documentation, "Scheduling Framework" and "kube-scheduler".
 */
public final class Scheduler implements Behaviour {

    private static final Duration PASS_DELAY = Duration.ofMillis(50);
    /** More than shares of two nodes may differ that are equal but for rounding. */
    private static final double ROUNDING = 1e-9;

    private static final Set<PodTurn> TURNS =
            EnumSet.of(PodTurn.CAME, PodTurn.WENT, PodTurn.BOUND, PodTurn.PHASE, PodTurn.TERMINATING);

    private NodeLoads nodes = new NodeLoads();
    private final Map<String, ObjectKey> waiting = new LinkedHashMap<>();
    private boolean passScheduled;

    @Override
    public String id() {
        return "scheduler";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, Scheduling Framework";
    }

    @Override
    public void install(Kernel kernel) {
        nodes = loads(kernel);
        NodeRecords records = NodeRecords.of(kernel);
        kernel.objects().list("Node").forEach(tree -> nodeChanged(records, Optional.of(tree), Optional.of(tree)));
        kernel.objects().list("Pod").forEach(tree -> podChanged(Optional.empty(), Optional.of(tree)));
        kernel.objects().listen("Node", (before, after) -> {
            nodeChanged(records, before, after);
            wake(kernel);
        });
        PodTurn.listen(kernel.objects(), TURNS, (before, after) -> {
            if (podChanged(before, after)) {
                wake(kernel);
            }
        });
        wake(kernel);
    }

    /** The nodes of that world with what is bound to them, as the scheduler keeps them. */
    static NodeLoads loads(Kernel kernel) {
        return kernel.shared(NodeLoads.class, k -> new NodeLoads());
    }

    private void nodeChanged(
            NodeRecords records, Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        if (after.isPresent()) {
            nodes.put(records.of(after.get()), PodEni.offered(after.get()));
        } else {
            before.map(ObjectKey::of).ifPresent(node -> nodes.remove(node.name()));
        }
    }

    /** Whether it is worth another look: a pod came, or room was made. */
    private boolean podChanged(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        ObjectKey pod = ObjectKey.of(after.isPresent() ? after.get() : before.orElseThrow());
        String key = pod.nameInKind();
        boolean ran = before.isPresent() && running(before.get());
        if (after.isPresent() && running(after.get())) {
            Map<String, Object> now = after.get();
            waiting.remove(key);
            if (!ran) {
                Pods.node(now).ifPresent(node -> nodes.bind(node, key, bound(now)));
            }
            return false;
        }
        before.flatMap(Pods::node).ifPresent(node -> nodes.release(node, key));
        if (after.isEmpty() || !pending(after.get())) {
            waiting.remove(key);
            return ran && !waiting.isEmpty();
        }
        return waiting.put(key, pod) == null;
    }

    private static boolean pending(Map<String, Object> pod) {
        return Pods.node(pod).isEmpty() && !Pods.finished(pod) && !Pods.terminating(pod);
    }

    private static boolean running(Map<String, Object> pod) {
        return Pods.node(pod).isPresent() && !Pods.finished(pod);
    }

    static NodeLoad.Bound bound(Map<String, Object> tree) {
        Candidate pod = Candidate.of(tree);
        return new NodeLoad.Bound(
                pod.namespace(),
                pod.labels(),
                pod.cpuMillis(),
                pod.memoryMiB(),
                pod.branch(),
                pod.ports(),
                pod.controller(),
                pod.antiAffinity());
    }

    private void wake(Kernel kernel) {
        if (!passScheduled && !waiting.isEmpty()) {
            passScheduled = true;
            kernel.clock().after(PASS_DELAY, () -> pass(kernel));
        }
    }

    private void pass(Kernel kernel) {
        passScheduled = false;
        Filters filters = new Filters(new VolumeZones(kernel.objects()), HostPorts.held(kernel));
        for (ObjectKey key : new ArrayList<>(waiting.values())) {
            kernel.objects()
                    .get(key)
                    .filter(p -> Pods.node(p).isEmpty())
                    .ifPresent(tree -> place(kernel, key, Candidate.of(tree), filters));
        }
    }

    private void place(Kernel kernel, ObjectKey key, Candidate pod, Filters filters) {
        Filters.Wish wish = filters.wish(pod, nodes);
        Optional<Score> best = best(filters, wish);
        if (best.isEmpty()) {
            unschedulable(kernel, key, message(reasons(filters, wish)));
        } else {
            bind(kernel, key, best.get().node());
        }
    }

    private Optional<Score> best(Filters filters, Filters.Wish wish) {
        Candidate pod = wish.pod();
        @Nullable Score best = null;
        if (pod.nodeAffinity().named().isPresent() || pod.nodeAffinity().prefers()) {
            for (NodeLoad load : possible(pod)) {
                best = better(best, filters, wish, load);
            }
            return Optional.ofNullable(best);
        }
        boolean byLabels = tellApart(pod);
        for (Emptiest.Alike sort : nodes.emptiest().bySort()) {
            if (Tolerations.obstacle(pod, sort.taints()).isPresent()
                    || (byLabels && !pod.nodeAffinity().allows(sort.example()))) {
                continue;
            }
            for (NodeLoad load : sort.nodes()) {
                if (best != null && best.beatsAllAsFullAs(load.fullnessWith(pod))) {
                    break;
                }
                best = better(best, filters, wish, load);
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether the nodes of a sort are all allowed by the pod's affinity, or none of them. */
    private boolean tellApart(Candidate pod) {
        boolean byLabels = pod.nodeAffinity().byLabelsAlone();
        if (byLabels) {
            nodes.emptiest().apart(pod.nodeAffinity().labels());
        }
        return byLabels;
    }

    private static @Nullable Score better(@Nullable Score best, Filters filters, Filters.Wish wish, NodeLoad load) {
        if (!filters.allow(wish, load)) {
            return best;
        }
        Score score = Score.of(wish, load);
        return best == null || score.better(best) ? score : best;
    }

    /** How many nodes there is what against. */
    private Map<String, Integer> reasons(Filters filters, Filters.Wish wish) {
        Map<String, Integer> reasons = new TreeMap<>();
        Candidate pod = wish.pod();
        if (pod.nodeAffinity().named().isPresent() || !tellApart(pod)) {
            Collection<NodeLoad> possible = possible(pod);
            if (possible.size() < nodes.size()) {
                reasons.put(Filters.NOT_AFFINE, nodes.size() - possible.size());
            }
            possible.forEach(load -> count(filters.against(wish, load), 1, reasons));
            return reasons;
        }
        for (Emptiest.Alike sort : nodes.emptiest().bySort()) {
            Optional<String> ofAll = Filters.against(pod, sort);
            if (ofAll.isPresent()) {
                count(ofAll, sort.nodes().size(), reasons);
            } else {
                sort.nodes().forEach(load -> count(filters.against(wish, load), 1, reasons));
            }
        }
        return reasons;
    }

    private static void count(Optional<String> reason, int nodes, Map<String, Integer> reasons) {
        if (reason.isPresent()) {
            reasons.merge(reason.get(), nodes, Integer::sum);
        }
    }

    /** What speaks for a node that fits: the least is the best. */
    private record Score(long reluctance, long preference, long dislike, long siblings, double fullness, String node) {
        private boolean better(Score other) {
            if (reluctance != other.reluctance) {
                return reluctance < other.reluctance;
            }
            if (preference != other.preference) {
                return preference > other.preference;
            }
            if (dislike != other.dislike) {
                return dislike < other.dislike;
            }
            if (siblings != other.siblings) {
                return siblings < other.siblings;
            }
            int byFullness = Double.compare(fullness, other.fullness);
            return byFullness != 0 ? byFullness < 0 : node.compareTo(other.node) < 0;
        }

        /** Whether no node can be better that is as full with the pod, where none is preferred to others. */
        private boolean beatsAllAsFullAs(double other) {
            return reluctance == 0 && dislike == 0 && siblings == 0 && other > fullness + ROUNDING;
        }

        private static Score of(Filters.Wish wish, NodeLoad load) {
            Candidate pod = wish.pod();
            return new Score(
                    Tolerations.reluctance(pod, load.node()),
                    pod.nodeAffinity().preference(load.node()),
                    wish.neighbours().dislike(load),
                    load.siblings(pod),
                    load.fullnessWith(pod),
                    load.node().name());
        }
    }

    /** All nodes, but for a pod whose affinity names its nodes. */
    private Collection<NodeLoad> possible(Candidate pod) {
        return pod.nodeAffinity()
                .named()
                .<Collection<NodeLoad>>map(names ->
                        names.stream().flatMap(name -> nodes.get(name).stream()).toList())
                .orElseGet(nodes::all);
    }

    private static void bind(Kernel kernel, ObjectKey key, String node) {
        kernel.objects()
                .bind(
                        key,
                        "kube-scheduler",
                        pod -> withScheduled(Trees.with(pod, node, "spec", "nodeName"), "True", "", "", kernel));
    }

    private static void unschedulable(Kernel kernel, ObjectKey key, String message) {
        boolean said = kernel.objects().get(key).stream()
                .flatMap(p -> Tree.maps(p, "status", "conditions").stream())
                .anyMatch(c -> "PodScheduled".equals(c.get("type")) && message.equals(c.get("message")));
        if (!said) {
            kernel.objects()
                    .updateStatus(
                            key.kind(),
                            key.namespace(),
                            key.name(),
                            "kube-scheduler",
                            pod -> withScheduled(pod, "False", "Unschedulable", message, kernel));
        }
    }

    private static Map<String, Object> withScheduled(
            Map<String, Object> pod, String status, String reason, String message, Kernel kernel) {
        List<Map<String, Object>> conditions = new ArrayList<>(Tree.maps(pod, "status", "conditions"));
        conditions.removeIf(c -> "PodScheduled".equals(c.get("type")));
        conditions.add(Trees.of(
                "type",
                "PodScheduled",
                "status",
                status,
                "reason",
                reason.isEmpty() ? null : reason,
                "message",
                message.isEmpty() ? null : message,
                "lastTransitionTime",
                kernel.clock().now().toString()));
        return Trees.with(pod, conditions, "status", "conditions");
    }

    private String message(Map<String, Integer> reasons) {
        List<String> parts = reasons.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .toList();
        return "0/" + nodes.size() + " nodes are available: " + String.join(", ", parts) + ".";
    }
}
