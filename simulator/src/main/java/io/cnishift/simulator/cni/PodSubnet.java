package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the VPC CNI makes its next interface: in the subnet of the node's ENIConfig with custom networking; else in the one
 * with the most free addresses among the node's own and those of the zone with tag kubernetes.io/role/cni=1 (VPC CNI 1.18 and
 * later, ENABLE_SUBNET_DISCOVERY). Source: amazon-vpc-cni-k8s pkg/eniconfig, pkg/awsutils; cni-subnet-selection.adoc.
 */
record PodSubnet(String subnet, List<String> securityGroups) {

    private static final String NAME = "k8s.amazonaws.com/eniConfig";
    private static final String TAG = "kubernetes.io/role/cni";

    static Optional<PodSubnet> of(Kernel kernel, String node, NetworkInterface primary, Map<String, String> env) {
        if (on(env, "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", false)) {
            return eniConfig(kernel, node, env).map(c -> {
                List<String> groups = Tree.texts(c, "spec", "securityGroups");
                return new PodSubnet(
                        Tree.text(c, "spec", "subnet").orElse(""),
                        groups.isEmpty() ? primary.securityGroups() : groups);
            });
        }
        if (!on(env, "ENABLE_SUBNET_DISCOVERY", true)) {
            return Optional.of(new PodSubnet(primary.subnet(), primary.securityGroups()));
        }
        return discovered(Cloud.of(kernel).view(), primary)
                .map(subnet -> new PodSubnet(subnet, primary.securityGroups()));
    }

    private static Optional<Map<String, Object>> eniConfig(Kernel kernel, String node, Map<String, String> env) {
        Map<String, Object> tree = kernel.objects().get("Node", "", node).orElse(Map.of());
        Map<String, String> annotations = Tree.strings(tree, "metadata", "annotations");
        Map<String, String> labels = Tree.strings(tree, "metadata", "labels");
        String name = annotations.getOrDefault(
                env.getOrDefault("ENI_CONFIG_ANNOTATION_DEF", NAME),
                labels.getOrDefault(env.getOrDefault("ENI_CONFIG_LABEL_DEF", NAME), "default"));
        return kernel.objects().get("ENIConfig", "", name);
    }

    private static Optional<String> discovered(View view, NetworkInterface primary) {
        String zone =
                view.subnet(primary.subnet()).map(Subnet::availabilityZone).orElse("");
        Optional<String> best = view.all(Part.SUBNETS, Subnet.class).stream()
                .filter(s -> s.availabilityZone().equals(zone))
                .filter(s -> {
                    String tag = s.tags().getOrDefault(TAG, "");
                    return tag.equals("1") || (s.id().equals(primary.subnet()) && !tag.equals("0"));
                })
                .max(Comparator.comparingInt(Subnet::freeAddresses)
                        .thenComparing(Subnet::id, Comparator.reverseOrder()))
                .map(Subnet::id);
        return best.or(() -> view.subnet(primary.subnet()).isEmpty() ? Optional.of(primary.subnet()) : best);
    }

    private static boolean on(Map<String, String> env, String name, boolean otherwise) {
        return env.containsKey(name) ? env.get(name).equalsIgnoreCase("true") : otherwise;
    }
}
