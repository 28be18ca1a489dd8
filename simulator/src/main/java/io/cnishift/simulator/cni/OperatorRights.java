package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers.Ailment;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Unmade;
import java.util.Optional;

/**
 * In ENI mode the operator exits when its role may not do what it has to in EC2, and then nobody gets an address. A role that
 * the release or a Pod Identity association names is taken to have these rights. Without one it acts with the role of its node,
 * which has them where aws-node did so too when the cluster was read; nodes of a cluster that is made have the role of the first one's.
 */
public final class OperatorRights implements Behaviour {

    private static final String ACCOUNT = "kube-system/cilium-operator";
    private static final String AWS_NODE = "kube-system/aws-node";

    @Override
    public String id() {
        return "cilium-operator-ec2-rights";
    }

    @Override
    public String source() {
        return "cilium Documentation/network/concepts/ipam/eni.rst (required privileges); EKS user guide: CNI IAM role";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.containers()
                .playedBy(pod ->
                        Operators.operator(pod) && EniSettings.on(AgentConfig.configMap(kernel)) && !allowed(kernel)
                                ? Optional.of(
                                        Ailment.crashed(
                                                "Unable to start eni allocator: UnauthorizedOperation: the role of the node is"
                                                        + " not allowed ec2:DescribeNetworkInterfaces, ec2:CreateNetworkInterface and what goes with them"))
                                : Optional.empty());
    }

    /** Lets nodes of a cluster that is made after another one have the role that the other's nodes have. */
    public static void share(Kernel first, Kernel second) {
        if (Unmade.is(second.snapshot())) {
            role(second).likeNodesOf = first.snapshot();
        }
    }

    private static NodeRole role(Kernel kernel) {
        return kernel.shared(NodeRole.class, k -> new NodeRole(k.snapshot()));
    }

    private static boolean allowed(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        boolean named = cloud.view()
                .release("kube-system", "cilium")
                .map(Release::values)
                .flatMap(v -> Tree.text(v, "eni", "iamRole"))
                .filter(r -> !r.isEmpty())
                .isPresent();
        return named
                || cloud.view()
                        .get(Part.POD_IDENTITIES, PodIdentity.class, ACCOUNT)
                        .isPresent()
                || byNodeRole(role(kernel).likeNodesOf);
    }

    private static boolean byNodeRole(ClusterSnapshot snapshot) {
        boolean own = snapshot.addons().stream()
                .filter(a -> a.name().equals("vpc-cni"))
                .anyMatch(OperatorRights::hasRole);
        return !own && !associated(snapshot, AWS_NODE);
    }

    /** Whose nodes have the role that nodes of this world have. */
    private static final class NodeRole {
        private ClusterSnapshot likeNodesOf;

        private NodeRole(ClusterSnapshot own) {
            likeNodesOf = own;
        }
    }

    private static boolean hasRole(Addon addon) {
        return addon.serviceAccountRole().isPresent() || addon.podIdentity();
    }

    private static boolean associated(ClusterSnapshot snapshot, String account) {
        return snapshot.podIdentities().stream().map(PodIdentity::key).anyMatch(account::equals);
    }
}
