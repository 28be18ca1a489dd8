package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.util.Optional;

/**
 * In ENI mode Cilium counts every address on a node's interfaces as its own, those too that ipamd gave to pods of the VPC CNI.
 * On a node that has both it gives an address a second time.
 */
public final class EniSharedInterfaces implements Behaviour {

    private static final String CODE = "SIM-ADDRESS-TWICE";

    @Override
    public String id() {
        return "cilium-eni-shared-interfaces";
    }

    @Override
    public String source() {
        return "cilium pkg/aws/eni/node.go, ResyncInterfacesAndIPs: all addresses of an interface are available";
    }

    @Override
    public void install(Kernel kernel) {
        EniAgents.of(kernel).blind();
        kernel.objects()
                .listen("Pod", (before, after) -> after.map(ObjectKey::of).ifPresent(pod -> look(kernel, pod)));
    }

    private static void look(Kernel kernel, ObjectKey pod) {
        NodeCnis nodes = NodeCnis.of(kernel);
        Optional<PodWiring> wiring =
                nodes.wiring(pod.namespace(), pod.name()).filter(w -> w.by() == CniKind.CILIUM_ENI);
        wiring.filter(w -> nodes.wirings().on(w.node()).stream()
                        .anyMatch(o -> o.by() == CniKind.VPC_CNI && o.address().equals(w.address())))
                .ifPresent(w -> kernel.incidents()
                        .report(
                                CODE,
                                "Pod " + pod.nameInKind(),
                                "Cilium gave it the address " + w.address()
                                        + ", which a pod of the VPC CNI on the same node has"));
    }
}
