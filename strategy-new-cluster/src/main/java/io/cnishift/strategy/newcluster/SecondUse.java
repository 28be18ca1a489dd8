package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import io.cnishift.cilium.Migration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Whether anybody uses a second cluster from which all that was copied is gone: then it is not deleted. */
final class SecondUse {

    /** What has to be read for it. */
    static final Set<Part> PARTS = EnumSet.of(Part.NAMESPACES, Part.WORKLOADS, Part.VOLUMES);

    private static final String DEFAULT = "default";

    private SecondUse() {}

    static Optional<Finding> against(View second) {
        return second.all(Part.NAMESPACES, Namespace.class).stream()
                .filter(n -> !n.name().startsWith("kube-") && !n.name().equals(DEFAULT) && !n.terminating())
                .filter(n -> !ofCilium(n) && !ofAddons(second, n))
                .findFirst()
                .map(n -> used("namespace " + n.name(), "somebody made it in the second cluster"))
                .or(() -> second.workloads().stream()
                        .filter(w -> w.namespace().equals(DEFAULT) && !ofAddon(w))
                        .findFirst()
                        .map(w -> used(
                                w.kind() + " " + w.namespace() + "/" + w.name(),
                                "somebody made it in the second cluster")))
                .or(() -> second.all(Part.VOLUMES, Volume.class).stream()
                        .findFirst()
                        .map(v -> used("volume " + v.key(), "it would be lost with the second cluster")));
    }

    private static boolean ofCilium(Namespace namespace) {
        return namespace.name().equals(Migration.SECRETS_NAMESPACE)
                || ("cilium".equals(namespace.labels().get("app.kubernetes.io/part-of"))
                        && "Helm".equals(namespace.labels().get("app.kubernetes.io/managed-by")));
    }

    /** Whether EKS add-ons run there and nothing else does. */
    private static boolean ofAddons(View second, Namespace namespace) {
        boolean addons = false;
        for (Workload workload : second.workloads()) {
            if (workload.namespace().equals(namespace.name())) {
                if (!ofAddon(workload)) {
                    return false;
                }
                addons = true;
            }
        }
        return addons;
    }

    private static boolean ofAddon(Workload workload) {
        return workload.owner().kind() == Owner.Kind.EKS_ADDON;
    }

    private static Finding used(String subject, String message) {
        return Code.SECOND_IN_USE.of(
                subject, message, "remove it there, then resume; or leave the second cluster to its users");
    }
}
