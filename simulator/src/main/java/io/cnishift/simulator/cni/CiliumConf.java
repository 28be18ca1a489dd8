package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Optional;

/**
 * A ready agent writes its CNI configuration, unless custom-cni-conf says that others do; with cni-exclusive it renames every
 * other one, also those that come later, and they do not come back by themselves. With cni-uninstall an agent that ends takes
 * its own away. Chained behind the VPC CNI it first waits for the configuration of that.
 */
public final class CiliumConf implements Behaviour {

    @Override
    public String id() {
        return "cilium-cni-conf";
    }

    @Override
    public String source() {
        return "cilium daemon/cmd/cni/config.go, plugins/cilium-cni/cni-uninstall.sh, cilium-configmap.yaml of the chart";
    }

    @Override
    public void install(Kernel kernel) {
        AgentRules rules = AgentRules.of(kernel);
        NodeCnis nodes = NodeCnis.of(kernel);
        rules.waits(start -> writes(start)
                        && chained(start)
                        && !nodes.node(start.node()).has(NodeCni.AWS_CONF)
                        && !nodes.node(start.node()).has(NodeCni.CILIUM_CONF)
                ? Optional.of("waiting for the CNI configuration of aws-cni to chain with")
                : Optional.empty());
        rules.onReady(start -> {
            NodeCni node = nodes.node(start.node());
            if (writes(start)) {
                node.write(NodeCni.CILIUM_CONF);
                node.exclusive(start.on("cni-exclusive"));
            }
        });
        rules.onEnd(start -> {
            NodeCni node = nodes.node(start.node());
            node.exclusive(false);
            if (start.on("cni-uninstall") && !start.on("custom-cni-conf")) {
                node.erase(NodeCni.CILIUM_CONF);
            }
        });
    }

    private static boolean writes(AgentStart start) {
        return !start.config().getOrDefault("write-cni-conf-when-ready", "").isEmpty() && !start.on("custom-cni-conf");
    }

    static boolean chained(AgentStart start) {
        return start.config().getOrDefault("cni-chaining-mode", "none").equals("aws-cni");
    }
}
