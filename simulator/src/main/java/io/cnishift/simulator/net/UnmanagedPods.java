package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.cni.CniKind;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod that the VPC CNI wired stays as it is when Cilium takes its node: nobody keeps its routes, and Cilium does not know it
 * as an endpoint. Between it and the pods of the overlay nothing passes any more; it must be made again, CoreDNS first of all.
 */
public final class UnmanagedPods implements Behaviour {

    @Override
    public String id() {
        return "unmanaged-pods";
    }

    @Override
    public String source() {
        return "cilium Documentation/installation/cni-chaining-aws-cni.rst, k8s-install-migration.rst; domain.md 4.10";
    }

    @Override
    public void install(Kernel kernel) {
        Dataplane dataplane = Dataplane.of(kernel);
        Network.of(kernel)
                .add(flow -> flow.from().pod()
                                && flow.to().pod()
                                && flow.from().overlay() != flow.to().overlay()
                        ? stops(dataplane, flow)
                        : Optional.empty());
    }

    private static Optional<String> stops(Dataplane dataplane, Flow flow) {
        return Stream.of(flow.from(), flow.to())
                .filter(e -> !e.overlay())
                .filter(e -> e.node().filter(n -> taken(dataplane, n)).isPresent())
                .findFirst()
                .map(e -> e + " was wired by the VPC CNI before Cilium took node "
                        + e.node().orElse("") + " and has not been made again");
    }

    private static boolean taken(Dataplane dataplane, String node) {
        boolean cilium =
                dataplane.newPods(node).filter(k -> k == CniKind.CILIUM).isPresent();
        return cilium && dataplane.awsNodeEnv(node).isEmpty();
    }
}
