package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An agent that is chained makes 05-cilium.conflist of 10-aws.conflist when it starts, and shares the directory without watching
 * it. What aws-node writes there later reaches no pod before the agent starts anew.
 */
public final class StaleConflist implements Behaviour {

    private static final String CODE = "SIM-CONFLIST-STALE";

    /** What the entrypoint of aws-node writes into its file. */
    private static final List<String> WRITTEN = List.of(
            "AWS_VPC_ENI_MTU",
            "POD_MTU",
            "AWS_VPC_K8S_CNI_VETHPREFIX",
            "AWS_VPC_K8S_CNI_RANDOMIZESNAT",
            "AWS_VPC_K8S_PLUGIN_LOG_FILE",
            "AWS_VPC_K8S_PLUGIN_LOG_LEVEL",
            "POD_SECURITY_GROUP_ENFORCING_MODE",
            "DISABLE_POD_V6",
            "ENABLE_BANDWIDTH_PLUGIN",
            "ENABLE_V4_EGRESS",
            "ENABLE_V6_EGRESS");

    private final Map<String, Map<String, String>> read = new HashMap<>();

    @Override
    public String id() {
        return "cilium-stale-conflist";
    }

    @Override
    public String source() {
        return "cilium daemon/cmd/cni/config.go (cni-exclusive=false: no watch); amazon-vpc-cni-k8s cmd/aws-vpc-cni; domain.md 6";
    }

    @Override
    public void install(Kernel kernel) {
        NodeCnis nodes = NodeCnis.of(kernel);
        AgentRules.of(kernel).onReady(start -> {
            // while aws-node is being replaced nobody knows here what its file says
            read.remove(start.node());
            NodeCni node = nodes.node(start.node());
            if (CiliumConf.chained(start) && node.awsNode().isPresent()) {
                read.put(start.node(), written(node));
            }
        });
        kernel.objects()
                .listen("Pod", (before, after) -> after.map(ObjectKey::of).ifPresent(pod -> look(kernel, pod)));
    }

    private void look(Kernel kernel, ObjectKey pod) {
        NodeCnis nodes = NodeCnis.of(kernel);
        Optional<PodWiring> wiring = nodes.wiring(pod.namespace(), pod.name()).filter(PodWiring::chained);
        wiring.filter(w -> w.since().equals(kernel.clock().now()))
                .filter(w -> read.containsKey(w.node())
                        && !written(nodes.node(w.node())).equals(read.get(w.node())))
                .ifPresent(w -> kernel.incidents()
                        .report(
                                CODE,
                                "Pod " + pod.nameInKind(),
                                "it was made by 05-cilium.conflist of node " + w.node()
                                        + ", which is older than 10-aws.conflist"));
    }

    private static Map<String, String> written(NodeCni node) {
        Map<String, String> written =
                new TreeMap<>(node.awsNode().map(NodeCni.AwsNodeRun::env).orElse(Map.of()));
        written.keySet().retainAll(WRITTEN);
        return written;
    }
}
