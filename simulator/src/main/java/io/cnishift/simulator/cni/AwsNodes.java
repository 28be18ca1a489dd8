package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * An aws-node pod: some seconds after its start ipamd answers, with the environment that the pod was made with, and the
 * entrypoint puts the CNI configuration in place.
 */
public final class AwsNodes implements Behaviour {

    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(15);

    @Override
    public String id() {
        return "aws-node";
    }

    @Override
    public String source() {
        return "amazon-vpc-cni-k8s cmd/aws-vpc-cni, cmd/routed-eni-cni-plugin, pkg/networkutils";
    }

    @Override
    public void install(Kernel kernel) {
        PodRuns.follow(kernel, DaemonPods.AWS_NODE, new Runs(kernel));
        kernel.containers().playedBy(pod -> starting(kernel, pod));
    }

    private static Optional<Containers.Ailment> starting(Kernel kernel, Map<String, Object> pod) {
        if (DaemonPods.daemon(pod).filter(DaemonPods.AWS_NODE::equals).isEmpty()) {
            return Optional.empty();
        }
        return Pods.node(pod)
                .flatMap(n -> NodeCnis.of(kernel).node(n).awsNode())
                .filter(r -> r.pod().equals(Pods.uid(pod)) && !r.ready())
                .map(r -> Containers.Ailment.notReady(Gates.of(kernel)
                        .closed(Pods.node(pod).orElse(""), r.env())
                        .orElse("ipamd does not answer yet")));
    }

    /** What keeps ipamd from starting on a node, by the environment of its pod. */
    static final class Gates {
        private final List<BiFunction<String, Map<String, String>, Optional<String>>> gates = new ArrayList<>();

        static Gates of(Kernel kernel) {
            return kernel.shared(Gates.class, k -> new Gates());
        }

        void add(BiFunction<String, Map<String, String>, Optional<String>> gate) {
            gates.add(gate);
        }

        /** Why ipamd does not start there; empty when it does. */
        Optional<String> closed(String node, Map<String, String> env) {
            return gates.stream().flatMap(g -> g.apply(node, env).stream()).findFirst();
        }
    }

    private record Runs(Kernel kernel) implements PodRuns.Listener {

        @Override
        public void found(String node, Map<String, Object> pod) {
            Map<String, String> env = DaemonPods.of(kernel).env(pod, DaemonPods.AWS_NODE);
            NodeCnis.of(kernel).node(node).awsNode(Optional.of(new NodeCni.AwsNodeRun(Pods.uid(pod), env, false)));
            ready(node, Pods.uid(pod));
        }

        @Override
        public void started(String node, Map<String, Object> pod) {
            NodeCni cni = NodeCnis.of(kernel).node(node);
            String uid = Pods.uid(pod);
            Map<String, String> env = DaemonPods.of(kernel).env(pod, DaemonPods.AWS_NODE);
            cni.awsNode(Optional.of(new NodeCni.AwsNodeRun(uid, env, false)));
            kernel.clock().after(START, () -> ready(node, uid));
        }

        private void ready(String node, String uid) {
            NodeCni cni = NodeCnis.of(kernel).node(node);
            cni.awsNode().filter(r -> r.pod().equals(uid)).ifPresent(run -> {
                if (Gates.of(kernel).closed(node, run.env()).isPresent()) {
                    kernel.clock().after(AGAIN, () -> ready(node, uid));
                    return;
                }
                cni.awsNode(Optional.of(new NodeCni.AwsNodeRun(uid, run.env(), true)));
                cni.write(NodeCni.AWS_CONF);
                cni.snatRules(!run.env()
                        .getOrDefault("AWS_VPC_K8S_CNI_EXTERNALSNAT", "false")
                        .equalsIgnoreCase("true"));
                Ipamd.Pools.of(kernel).start(node, run.env());
            });
        }

        @Override
        public void ended(String node, Map<String, Object> pod) {
            // what ends with the pod is IpamdEnds
        }
    }
}
