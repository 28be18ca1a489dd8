package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.PodPolicies;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cilium wires a pod whatever SecurityGroupPolicies say: one that they select gets an overlay address and leaves as its node,
 * with the security groups of the node. Nobody is told; who opened something to the pod's own groups does not hear from it.
 */
public final class LostPodGroups implements Behaviour {

    private static final String CODE = "SIM-POD-SECURITY-GROUPS-LOST";

    @Override
    public String id() {
        return "pod-security-groups-lost";
    }

    @Override
    public String source() {
        return "EKS user guide: alternate CNI plugins; EKS best practices: security groups per pod";
    }

    @Override
    public void install(Kernel kernel) {
        PodTurn.listen(kernel.objects(), EnumSet.of(PodTurn.CAME, PodTurn.ADDRESSED), (before, after) -> {
            if (after.isPresent() && address(before).isEmpty() && address(after).isPresent()) {
                addressed(kernel, after.get());
            }
        });
    }

    private static Optional<String> address(Optional<Map<String, Object>> pod) {
        return pod.flatMap(p -> Tree.text(p, "status", "podIP")).filter(a -> !a.isEmpty());
    }

    private static void addressed(Kernel kernel, Map<String, Object> pod) {
        ObjectKey key = ObjectKey.of(pod);
        boolean overlay = NodeCnis.of(kernel)
                .wiring(key.namespace(), key.name())
                .filter(w -> w.uid().equals(Pods.uid(pod)) && w.by() != CniKind.VPC_CNI)
                .isPresent();
        List<String> groups = overlay ? PodPolicies.groups(kernel, pod) : List.of();
        if (!groups.isEmpty()) {
            kernel.incidents()
                    .report(
                            CODE,
                            "Pod " + key.nameInKind(),
                            "wired by Cilium, it has the security groups of its node instead of " + groups);
        }
    }
}
