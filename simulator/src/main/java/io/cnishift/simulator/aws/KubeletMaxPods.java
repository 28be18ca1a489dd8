package io.cnishift.simulator.aws;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Map;

/**
 * Who sets max-pods of a new node, strongest first: EKS for a managed group whose template names no image (by the mode that
 * aws-node is in, capped at 110 or 250), whatever the user data says; then the user data; then nodeadm's formula for secondary
 * addresses, without a cap. So nothing raises it by itself when the CNI changes.
 */
public final class KubeletMaxPods implements Behaviour {

    /** Max-pods of nodeadm for a type that it does not know. */
    private static final int UNKNOWN_TYPE = 110;

    @Override
    public String id() {
        return "kubelet-max-pods";
    }

    @Override
    public String source() {
        return "EKS user guide: choosing an instance type; amazon-eks-ami eni_max_pods.go; domain.md 2.2, C5";
    }

    @Override
    public void install(Kernel kernel) {
        NodeJoin.Settings.of(kernel).maxPods((group, template, type) -> of(kernel, group, template, type));
    }

    private static int of(Kernel kernel, NodeGroup group, Template template, String type) {
        boolean injected =
                group.kind() == NodeGroup.Kind.MANAGED && template.imageId().isEmpty();
        if (injected) {
            return byEks(kernel, type);
        }
        return template.maxPods()
                .orElseGet(() -> InstanceTable.embedded()
                        .find(type)
                        .map(KubeletMaxPods::formula)
                        .orElse(UNKNOWN_TYPE));
    }

    /** What EKS writes into the user data of a group that is made now. */
    static int byEks(Kernel kernel, String type) {
        return InstanceTable.embedded()
                .find(type)
                .map(l -> MaxPods.recommended(l, mode(kernel)).orElseGet(() -> formula(l)))
                .orElse(UNKNOWN_TYPE);
    }

    private static int formula(InstanceLimits limits) {
        return MaxPods.of(limits, PodMode.SECONDARY_IP).orElse(UNKNOWN_TYPE);
    }

    /** The mode of the VPC CNI, from aws-node; without it EKS reckons with secondary addresses. */
    private static PodMode mode(Kernel kernel) {
        boolean prefixes = env(kernel, "ENABLE_PREFIX_DELEGATION");
        boolean custom = env(kernel, "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG");
        if (custom) {
            return prefixes ? PodMode.CUSTOM_NETWORKING_PREFIX : PodMode.CUSTOM_NETWORKING;
        }
        return prefixes ? PodMode.PREFIX_DELEGATION : PodMode.SECONDARY_IP;
    }

    private static boolean env(Kernel kernel, String name) {
        return kernel.objects()
                .get("DaemonSet", "kube-system", "aws-node")
                .map(ds -> Tree.maps(ds, "spec", "template", "spec", "containers").stream()
                        .flatMap(c -> Tree.maps(c, "env").stream())
                        .anyMatch(e -> isTrue(e, name)))
                .orElse(false);
    }

    private static boolean isTrue(Map<String, Object> variable, String name) {
        return name.equals(variable.get("name")) && "true".equals(variable.get("value"));
    }
}
