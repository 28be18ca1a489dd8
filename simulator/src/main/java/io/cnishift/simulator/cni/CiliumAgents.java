package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Cilium agent of a node: reads its configuration once, exits where flags contradict each other (the kubelet starts it
 * again with growing pauses, and it reads again), announces its node, waits until it has what it needs, and is ready some
 * seconds later. What it does then is up to other behaviours.
 */
public final class CiliumAgents implements Behaviour {

    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    private static final int FIRST_BACK_OFF = 10;

    @Override
    public String id() {
        return "cilium-agent";
    }

    @Override
    public String source() {
        return "cilium daemon/cmd; kubelet crash loop back-off";
    }

    @Override
    public void install(Kernel kernel) {
        Agents agents = new Agents(kernel);
        PodRuns.follow(kernel, DaemonPods.CILIUM, agents);
        kernel.containers().playedBy(agents::ailment);
        kernel.objects().listen("Pod", (before, after) -> after.ifPresent(agents::holdBack));
    }

    private static final class Agents implements PodRuns.Listener {
        private final Kernel kernel;
        private final AgentRules rules;
        private final Map<String, PodHealth> health = new HashMap<>();

        Agents(Kernel kernel) {
            this.kernel = kernel;
            rules = AgentRules.of(kernel);
        }

        @Override
        public void found(String node, Map<String, Object> pod) {
            AgentStart start = new AgentStart(node, pod, AgentConfig.read(kernel, node));
            if (PodHealth.isReady(pod)) {
                health.put(DaemonPods.uid(pod), new PodHealth(true, 0, "", ""));
                run(start, true);
                rules.ready(start);
            } else {
                started(node, pod);
            }
        }

        @Override
        public void started(String node, Map<String, Object> pod) {
            set(pod, PodHealth.STARTING);
            kernel.clock().after(START, () -> attempt(node, pod, 0));
        }

        @Override
        public void ended(String node, Map<String, Object> pod) {
            health.remove(DaemonPods.uid(pod));
            NodeCni cni = NodeCnis.of(kernel).node(node);
            cni.agent().filter(r -> r.pod().equals(DaemonPods.uid(pod))).ifPresent(run -> {
                cni.agent(Optional.empty());
                rules.ended(new AgentStart(node, pod, run.config()));
            });
        }

        /** What the kubelet finds when it asks. */
        Optional<Containers.Ailment> ailment(Map<String, Object> pod) {
            return Optional.ofNullable(health.get(DaemonPods.uid(pod)))
                    .filter(h -> !h.ready())
                    .map(h -> h.waiting().isEmpty()
                            ? Containers.Ailment.notReady(h.message())
                            : Containers.Ailment.crashed(h.message()));
        }

        /** Takes back what the kubelet says about a pod whose probes fail. */
        void holdBack(Map<String, Object> pod) {
            PodHealth known = health.get(DaemonPods.uid(pod));
            if (known != null && !known.ready() && PodHealth.isReady(pod) && DaemonPods.runs(pod)) {
                known.write(kernel, pod);
            }
        }

        private void attempt(String node, Map<String, Object> pod, int restarts) {
            if (!health.containsKey(DaemonPods.uid(pod))) {
                return;
            }
            AgentStart start = new AgentStart(node, pod, AgentConfig.read(kernel, node));
            run(start, false);
            rules.containerStarts(start);
            Optional<String> fatal = rules.fatal(start);
            if (fatal.isPresent()) {
                int count = restarts + 1;
                set(pod, new PodHealth(false, count, "CrashLoopBackOff", fatal.get()));
                kernel.incidents().report("sim-agent-crash", "Node " + node, "the Cilium agent exits: " + fatal.get());
                kernel.clock().after(backOff(restarts), () -> attempt(node, pod, count));
                return;
            }
            become(start, restarts);
        }

        private void become(AgentStart start, int restarts) {
            if (!health.containsKey(DaemonPods.uid(start.pod()))) {
                return;
            }
            Optional<String> missing = rules.waits(start);
            set(start.pod(), new PodHealth(missing.isEmpty(), restarts, "", missing.orElse("")));
            if (missing.isPresent()) {
                kernel.clock().after(RETRY, () -> become(start, restarts));
                return;
            }
            run(start, true);
            rules.ready(start);
        }

        private void run(AgentStart start, boolean ready) {
            NodeCnis.of(kernel)
                    .node(start.node())
                    .agent(Optional.of(new NodeCni.AgentRun(DaemonPods.uid(start.pod()), start.config(), ready)));
        }

        private void set(Map<String, Object> pod, PodHealth now) {
            health.put(DaemonPods.uid(pod), now);
            now.write(kernel, pod);
        }

        private static Duration backOff(int restarts) {
            Duration pause = Duration.ofSeconds((long) FIRST_BACK_OFF << Math.min(restarts, 5));
            return pause.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : pause;
        }
    }

    /** The CiliumNode by which an agent announces its node. */
    static void announce(Kernel kernel, String node) {
        if (kernel.objects().get("CiliumNode", "", node).isPresent()) {
            return;
        }
        Map<String, Object> tree = kernel.objects().get("Node", "", node).orElse(Map.of());
        List<Map<String, Object>> addresses = Tree.maps(tree, "status", "addresses").stream()
                .filter(a -> "InternalIP".equals(a.get("type")))
                .map(a -> Trees.of("type", "InternalIP", "ip", a.get("address")))
                .toList();
        Map<String, Object> owner =
                Trees.of("apiVersion", "v1", "kind", "Node", "name", node, "uid", DaemonPods.uid(tree));
        kernel.objects()
                .create(
                        Trees.of(
                                "apiVersion",
                                "cilium.io/v2",
                                "kind",
                                "CiliumNode",
                                "metadata",
                                Trees.of("name", node, "ownerReferences", List.of(owner)),
                                "spec",
                                Trees.of("addresses", addresses)),
                        "cilium-agent");
    }
}
