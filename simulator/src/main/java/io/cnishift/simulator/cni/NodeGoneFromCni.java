package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;

/** With a node goes everything that was on it, and its CiliumNode, which the Node object owns. */
public final class NodeGoneFromCni implements Behaviour {

    @Override
    public String id() {
        return "cni-node-gone";
    }

    @Override
    public String source() {
        return "Kubernetes garbage collection; cilium operator CiliumNode GC";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.objects().listen("Node", (before, after) -> {
            if (before.isPresent() && after.isEmpty()) {
                String node = ObjectKey.of(before.get()).name();
                NodeCnis.of(kernel).forget(node);
                Ipamd.Pools.of(kernel).end(node);
                kernel.objects().remove("CiliumNode", "", node);
            }
        });
    }
}
