package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.NetworkInterface;
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
 * with the most free addresses among the node's own and those of its zone that are tagged for it ({@link SubnetRoles},
 * ENABLE_SUBNET_DISCOVERY). Source: amazon-vpc-cni-k8s pkg/eniconfig, pkg/awsutils; cni-subnet-selection.adoc.
 */
record PodSubnet(String subnet, List<String> securityGroups) {

    static Optional<PodSubnet> of(Kernel kernel, String node, NetworkInterface primary, Map<String, String> env) {
        if (CustomNetworking.on(env)) {
            View view = Cloud.of(kernel).view();
            return CustomNetworking.eniConfig(kernel, node, env)
                    .map(c -> {
                        List<String> groups = Tree.texts(c, "spec", "securityGroups");
                        return new PodSubnet(
                                Tree.text(c, "spec", "subnet").orElse(""),
                                groups.isEmpty() ? primary.securityGroups() : groups);
                    })
                    .filter(p -> sameZone(view, p.subnet(), primary.subnet()));
        }
        if (!env.getOrDefault("ENABLE_SUBNET_DISCOVERY", "true").equalsIgnoreCase("true")) {
            return Optional.of(new PodSubnet(primary.subnet(), primary.securityGroups()));
        }
        return discovered(kernel, primary).map(subnet -> new PodSubnet(subnet, primary.securityGroups()));
    }

    private static Optional<String> discovered(Kernel kernel, NetworkInterface primary) {
        View view = Cloud.of(kernel).view();
        SubnetRoles roles = SubnetRoles.of(kernel);
        Optional<Subnet> own = view.subnet(primary.subnet());
        if (own.isEmpty()) {
            return Optional.of(primary.subnet());
        }
        return view.subnets().stream()
                .filter(s -> sameZone(view, s.id(), primary.subnet()))
                .filter(s -> roles.admits(s, s.id().equals(primary.subnet())))
                .max(Comparator.comparingInt(Subnet::freeAddresses)
                        .thenComparing(Subnet::id, Comparator.reverseOrder()))
                .map(Subnet::id);
    }

    /** EC2 attaches an interface to instances of its zone only. */
    private static boolean sameZone(View view, String one, String other) {
        Optional<String> zone = view.subnet(one).map(Subnet::availabilityZone);
        return zone.isPresent() && zone.equals(view.subnet(other).map(Subnet::availabilityZone));
    }
}
