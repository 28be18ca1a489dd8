package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Map;
import java.util.Optional;

/**
 * In enforcing mode strict everything that a pod with a branch interface sends leaves by that interface, before any other
 * route of its node is looked at, and the VPC knows no overlay address. In mode standard it is routed as a pod on a secondary
 * interface is.
 */
public final class BranchRoutes implements Behaviour {

    private static final String MODE = "POD_SECURITY_GROUP_ENFORCING_MODE";

    @Override
    public String id() {
        return "branch-routes";
    }

    @Override
    public String source() {
        return "amazon-vpc-cni-k8s README.md (POD_SECURITY_GROUP_ENFORCING_MODE), cmd/routed-eni-cni-plugin/driver";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Dataplane dataplane = Dataplane.of(kernel);
        Network.of(kernel).add(flow -> {
            boolean crossing = flow.from().kind() == End.Kind.VPC_POD
                    && flow.to().overlay()
                    && cloud.branchAt(flow.from().address()).isPresent();
            return crossing && strict(dataplane, flow.from().node().orElse(""))
                    ? Optional.of("the VPC CNI sends all that " + flow.from().address()
                            + " says through its branch interface, past the overlay: " + MODE + " is strict")
                    : Optional.empty();
        });
    }

    private static boolean strict(Dataplane dataplane, String node) {
        Map<String, String> env = dataplane.awsNodeEnv(node).orElse(Map.of());
        return !"standard".equalsIgnoreCase(env.get(MODE));
    }
}
