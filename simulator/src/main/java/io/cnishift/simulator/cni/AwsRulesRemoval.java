package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * The agent's postStart hook (chart value cni.iptablesRemoveAWSRules, on by default) deletes the VPC CNI's SNAT and connmark
 * rules on every node where it starts; pods of the VPC CNI that still run there lose their way to the internet.
 */
public final class AwsRulesRemoval implements Behaviour {

    @Override
    public String id() {
        return "cilium-removes-aws-rules";
    }

    @Override
    public String source() {
        return "cilium chart files/agent/poststart-eni.bash, templates/cilium-agent/daemonset.yaml";
    }

    @Override
    public void install(Kernel kernel) {
        AgentRules.of(kernel).onContainerStart(start -> {
            if (start.container()
                    .flatMap(c -> Tree.at(c, "lifecycle", "postStart"))
                    .isPresent()) {
                NodeCnis.of(kernel).node(start.node()).snatRules(false);
            }
        });
    }
}
