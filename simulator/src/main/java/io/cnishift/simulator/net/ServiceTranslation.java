package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.cni.Dataplane;
import io.cnishift.simulator.cni.ServiceRules;
import java.util.Optional;

/**
 * A Service address leads somewhere only by the rules of the node that sends: those of kube-proxy, or Cilium's in its place.
 * Where nobody keeps them any more they lead to the endpoints of that time, and where there have been none, nowhere.
 */
public final class ServiceTranslation implements Behaviour {

    @Override
    public String id() {
        return "service-translation";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/kubernetes/kubeproxy-free.rst; domain.md 4.9; field-notes.md A10";
    }

    @Override
    public void install(Kernel kernel) {
        Dataplane dataplane = Dataplane.of(kernel);
        Network.of(kernel)
                .add(flow -> flow.via()
                        .flatMap(via -> flow.from().node().flatMap(node -> {
                            ServiceRules rules = dataplane.services(node);
                            return rules.reach(via.since())
                                    ? Optional.empty()
                                    : Optional.of("Service " + via.service() + " does not lead there on node " + node
                                            + ": " + rules.reason());
                        })));
    }
}
