package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.PodNetwork.Wiring;
import io.cnishift.simulator.kube.Pods;
import java.util.Map;
import java.util.Optional;

/** The VPC CNI's plug-in asks the ipamd of the node for an address; without ipamd, or without a free address, it fails. */
public final class AwsCniPlugin implements Behaviour {

    static final String FAILED =
            "plugin type=\"aws-cni\" name=\"aws-cni\" failed (add): add cmd: failed to assign an IP address to container";

    @Override
    public String id() {
        return "aws-cni-plugin";
    }

    @Override
    public String source() {
        return "amazon-vpc-cni-k8s cmd/routed-eni-cni-plugin/cni.go, pkg/ipamd/rpc_handler.go";
    }

    @Override
    public void install(Kernel kernel) {
        CniPlugin.Registry.of(kernel).put(NodeCni.AWS_CONF, new Plugin(kernel));
    }

    private record Plugin(Kernel kernel) implements CniPlugin {

        @Override
        public Wiring add(String node, Map<String, Object> pod) {
            Branches branches = Branches.of(kernel);
            if (branches.wanted(pod)) {
                return branches.wire(node, pod);
            }
            Optional<PodWiring> wiring = wire(kernel, node, pod, false);
            wiring.ifPresent(w -> NodeCnis.of(kernel)
                    .wirings()
                    .add(ObjectKey.of(pod).namespace(), ObjectKey.of(pod).name(), w));
            return wiring.<Wiring>map(w -> new Wiring.Wired(w.address(), w.by().toString()))
                    .orElseGet(() -> new Wiring.Refused(FAILED));
        }

        @Override
        public void remove(PodWiring wiring) {
            giveBack(kernel, wiring);
        }
    }

    /** A wiring with an address of the node's pool, not yet recorded; empty when there is none. */
    static Optional<PodWiring> wire(Kernel kernel, String node, Map<String, Object> pod, boolean chained) {
        if (chained && Branches.of(kernel).wanted(pod)) {
            kernel.notModelled().note("security groups for pods behind Cilium's aws-cni chaining");
        }
        Ipamd.Pools pools = Ipamd.Pools.of(kernel);
        Optional<EniPool.Lease> lease = pools.on(node).flatMap(NodePool::lease);
        pools.look(node);
        return lease.map(l -> new PodWiring(
                Pods.uid(pod),
                node,
                CniKind.VPC_CNI,
                l.address(),
                l.secondaryEni(),
                chained,
                kernel.clock().now()));
    }

    static void giveBack(Kernel kernel, PodWiring wiring) {
        Branches branches = Branches.of(kernel);
        if (branches.has(wiring)) {
            branches.cool(wiring);
            return;
        }
        Ipamd.Pools pools = Ipamd.Pools.of(kernel);
        pools.on(wiring.node()).ifPresent(p -> p.cool(wiring.address()));
        pools.look(wiring.node());
    }
}
