package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.Pods;
import java.util.Map;
import java.util.Optional;

/**
 * When an aws-node pod ends, ipamd is gone from its node: no new pod gets an address there. Running pods, configuration, rules
 * and interfaces stay.
 */
public final class IpamdEnds implements Behaviour {

    @Override
    public String id() {
        return "aws-node-end";
    }

    @Override
    public String source() {
        return "amazon-vpc-cni-k8s cmd/routed-eni-cni-plugin: the plug-in dials ipamd on 127.0.0.1:50051";
    }

    @Override
    public void install(Kernel kernel) {
        PodRuns.follow(kernel, DaemonPods.AWS_NODE, new PodRuns.Listener() {
            @Override
            public void found(String node, Map<String, Object> pod) {
                // AwsNodes
            }

            @Override
            public void started(String node, Map<String, Object> pod) {
                // AwsNodes
            }

            @Override
            public void ended(String node, Map<String, Object> pod) {
                NodeCni cni = NodeCnis.of(kernel).node(node);
                if (cni.awsNode().filter(r -> r.pod().equals(Pods.uid(pod))).isPresent()) {
                    cni.awsNode(Optional.empty());
                    Ipamd.Pools.of(kernel).end(node);
                }
            }
        });
    }
}
