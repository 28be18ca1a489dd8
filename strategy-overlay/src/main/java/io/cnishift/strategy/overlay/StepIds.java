package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Workload;
import java.util.Locale;

/** Ids of steps that findings name as their cure. Namespaces have no dot, so no two objects share an id. */
final class StepIds {

    static final String FENCE = "fence-aws-node";
    static final String INSTALL = "install-cilium";
    static final String REMOVE_VPC_CNI = "remove-vpc-cni";
    static final String STEADY = "steady-cilium";

    private StepIds() {}

    static String decouple(Ingress ingress) {
        return "decouple-" + ingress.namespace() + "." + ingress.name();
    }

    static String switchTargets(Service service) {
        return "switch-" + service.namespace() + "." + service.name();
    }

    static String hostNetwork(Workload workload) {
        return "host-network-" + named(workload);
    }

    static String keep(Workload workload) {
        return "keep-" + named(workload);
    }

    static String drop(SecurityGroupPolicy policy) {
        return "drop-" + policy.namespace() + "." + policy.name();
    }

    private static String named(Workload workload) {
        String kind =
                workload.kind().equals("Deployment") ? "" : workload.kind().toLowerCase(Locale.ROOT) + "-";
        return kind + workload.namespace() + "." + workload.name();
    }

    static String admitHostPorts(String securityGroup) {
        return "admit-host-ports-" + securityGroup;
    }

    static String allow(String securityGroup) {
        return "allow-cilium-" + securityGroup;
    }
}
