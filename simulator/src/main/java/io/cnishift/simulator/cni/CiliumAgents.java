package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Cilium agent of a node: reads its configuration once, exits where flags contradict each other (the kubelet starts it
 * again later, and it reads again), announces its node, waits until it has what it needs, and is ready some
 * seconds later. What it does then is up to other behaviours.
 */
public final class CiliumAgents implements Behaviour {

    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(5);

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
        known(kernel);
        Agents agents = new Agents(kernel);
        PodRuns.follow(kernel, DaemonPods.CILIUM, agents);
        kernel.containers().playedBy(agents::ailment);
        PodTurn.listen(
                kernel.objects(),
                EnumSet.of(PodTurn.CONTAINERS),
                (before, after) -> agents.restarted(before.orElseThrow(), after.orElseThrow()));
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
            if (!PodHealth.isReady(pod)) {
                started(node, pod);
                return;
            }
            AgentStart start = new AgentStart(node, pod, AgentConfig.read(kernel, node));
            health.put(Pods.uid(pod), PodHealth.READY);
            run(start, true);
            rules.ready(start);
        }

        @Override
        public void started(String node, Map<String, Object> pod) {
            health.put(Pods.uid(pod), PodHealth.STARTING);
            kernel.clock().after(START, () -> attempt(node, pod));
        }

        @Override
        public void ended(String node, Map<String, Object> pod) {
            health.remove(Pods.uid(pod));
            NodeCni cni = NodeCnis.of(kernel).node(node);
            cni.agent().filter(r -> r.pod().equals(Pods.uid(pod))).ifPresent(run -> {
                cni.agent(Optional.empty());
                rules.ended(new AgentStart(node, pod, run.config()));
            });
        }

        /** The kubelet starts the containers of a crashed pod again. */
        void restarted(Map<String, Object> before, Map<String, Object> after) {
            PodHealth known = health.get(Pods.uid(after));
            if (known != null && PodHealth.backsOff(before) && !PodHealth.backsOff(after)) {
                Pods.node(after).ifPresent(node -> started(node, after));
            }
        }

        /** What the kubelet finds when it asks. */
        Optional<Containers.Ailment> ailment(Map<String, Object> pod) {
            return Optional.ofNullable(health.get(Pods.uid(pod))).flatMap(PodHealth::ailment);
        }

        private void attempt(String node, Map<String, Object> pod) {
            if (!health.containsKey(Pods.uid(pod))) {
                return;
            }
            AgentStart start = new AgentStart(node, pod, AgentConfig.read(kernel, node));
            run(start, false);
            rules.containerStarts(start);
            Optional<String> fatal = rules.fatal(start);
            if (fatal.isPresent()) {
                health.put(Pods.uid(pod), PodHealth.crashed(fatal.get()));
                kernel.incidents().report("SIM-AGENT-CRASH", "Node " + node, "the Cilium agent exits: " + fatal.get());
                return;
            }
            become(start);
        }

        private void become(AgentStart start) {
            String uid = Pods.uid(start.pod());
            if (!health.containsKey(uid)) {
                return;
            }
            Optional<String> missing = rules.waits(start);
            health.put(uid, missing.map(PodHealth::waits).orElse(PodHealth.READY));
            if (missing.isPresent()) {
                kernel.clock().after(RETRY, () -> become(start));
                return;
            }
            run(start, true);
            rules.ready(start);
        }

        private void run(AgentStart start, boolean ready) {
            NodeCnis.of(kernel)
                    .node(start.node())
                    .agent(Optional.of(new NodeCni.AgentRun(Pods.uid(start.pod()), start.config(), ready)));
        }
    }

    /** The CiliumNode by which an agent announces its node, with more of its specification than the addresses. */
    static void announce(Kernel kernel, String node, Map<String, Object> more) {
        if (kernel.objects().get("CiliumNode", "", node).isPresent()) {
            return;
        }
        kernel.objects()
                .create(
                        announced(
                                kernel,
                                Trees.of(
                                        "apiVersion",
                                        "cilium.io/v2",
                                        "kind",
                                        "CiliumNode",
                                        "metadata",
                                        Trees.of("name", node),
                                        "spec",
                                        more)),
                        "cilium-agent");
    }

    /** Those of the snapshot, of which it has no more than the addresses of pods. */
    private static void known(Kernel kernel) {
        List.copyOf(kernel.objects().list("CiliumNode")).stream()
                .filter(n -> Tree.maps(n, "spec", "addresses").isEmpty())
                .forEach(n -> kernel.objects().put(announced(kernel, n)));
    }

    private static Map<String, Object> announced(Kernel kernel, Map<String, Object> ciliumNode) {
        String node = Tree.text(ciliumNode, "metadata", "name").orElse("");
        Map<String, Object> tree = kernel.objects().get("Node", "", node).orElse(Map.of());
        List<Map<String, Object>> addresses = Tree.maps(tree, "status", "addresses").stream()
                .filter(a -> "InternalIP".equals(a.get("type")))
                .map(a -> Trees.of("type", "InternalIP", "ip", a.get("address")))
                .toList();
        Map<String, Object> owner = Trees.of("apiVersion", "v1", "kind", "Node", "name", node, "uid", Pods.uid(tree));
        return Trees.with(
                Trees.with(ciliumNode, List.of(owner), "metadata", "ownerReferences"), addresses, "spec", "addresses");
    }
}
