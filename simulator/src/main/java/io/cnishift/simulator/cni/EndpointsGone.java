package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A CiliumEndpoint goes with its pod, or when that has come to its end, and an address that no kubelet gave back is free when the pod object is gone. */
public final class EndpointsGone implements Behaviour {

    @Override
    public String id() {
        return "cilium-endpoints-gone";
    }

    @Override
    public String source() {
        return "cilium operator endpoint GC; owner references of CiliumEndpoints";
    }

    @Override
    public void install(Kernel kernel) {
        Set<PodTurn> ends = EnumSet.of(PodTurn.CAME, PodTurn.WENT, PodTurn.PHASE);
        PodTurn.listen(kernel.objects(), ends, (before, after) -> {
            if (before.isPresent() && after.isEmpty()) {
                gone(kernel, before.get());
            }
            after.filter(EndpointsGone::finished)
                    .map(ObjectKey::of)
                    .ifPresent(k -> kernel.objects().remove("CiliumEndpoint", k.namespace(), k.name()));
        });
    }

    private static boolean finished(Map<String, Object> pod) {
        String phase = Tree.text(pod, "status", "phase").orElse("");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static void gone(Kernel kernel, Map<String, Object> pod) {
        ObjectKey key = ObjectKey.of(pod);
        Optional<PodWiring> wiring = NodeCnis.of(kernel)
                .wiring(key.namespace(), key.name())
                .filter(w -> w.uid().equals(Pods.uid(pod)));
        wiring.ifPresent(w -> kernel.podNetwork().remove(w.node(), pod));
        boolean replaced = kernel.objects().get(key).isPresent();
        if (!replaced) {
            kernel.objects().remove("CiliumEndpoint", key.namespace(), key.name());
        }
    }
}
