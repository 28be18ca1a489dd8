package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.FaultValue;
import io.cnishift.simulator.Kernel;
import java.util.Map;
import java.util.function.Consumer;

/**
 * In an IPv6 cluster ipamd asks EC2 for a /80, which AmazonEKS_CNI_Policy does not allow: its role needs a policy of its own for that. What a
 * role may do is not read, so it may, unless the fault {@code ipv6-rights=none} says otherwise. Without the right aws-node is ready, and no
 * pod gets an address.
 */
public final class Ipv6Rights implements Behaviour {

    private static final String FAULT = "ipv6-rights";

    /** The fault with what reads its value. */
    public static final Map<String, Consumer<FaultValue>> FORMS = Map.of(FAULT, Ipv6Rights::read);

    @Override
    public String id() {
        return "vpc-cni-ipv6-rights";
    }

    @Override
    public String source() {
        return "EKS user guide: CNI IAM role, policy for the IPv6 family; amazon-vpc-cni-k8s docs/iam-policy.md, pkg/ipamd/ipamd.go nodeInit";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.shared(Refused.class, k -> new Refused()).everywhere =
                kernel.settings().faults().containsKey(FAULT);
    }

    static boolean given(Kernel kernel) {
        boolean refused = kernel.shared(Refused.class, k -> new Refused()).everywhere;
        if (refused) {
            kernel.injected().note(FAULT, "EC2 refused aws-node ec2:AssignIpv6Addresses");
        }
        return !refused;
    }

    private static void read(FaultValue value) {
        if (!value.text().equals("none")) {
            throw value.malformed("write none");
        }
    }

    private static final class Refused {
        private boolean everywhere;
    }
}
