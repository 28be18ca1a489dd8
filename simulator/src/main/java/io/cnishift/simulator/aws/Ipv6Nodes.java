package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kubelet of an IPv6 cluster registers with the IPv6 address of its instance, which that has where its subnet gives out one at launch. In
 * another subnet no node joins, and EKS gives up a managed group that has one.
 */
public final class Ipv6Nodes implements Behaviour {

    @Override
    public String id() {
        return "ipv6-nodes";
    }

    @Override
    public String source() {
        return "EKS API: NodegroupHealth, Ec2SubnetMissingIpv6Assignment; amazon-eks-ami nodeadm, node IP of the IPv6 family; EKS user guide: IPv6";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        NodeJoin.Settings settings = NodeJoin.Settings.of(kernel);
        Function<Instance, Optional<Duration>> boot = settings.boot();
        settings.boot(i -> missing(cloud, List.of(i.subnet())).isEmpty() ? boot.apply(i) : Optional.empty());
        kernel.shared(Watching.class, k -> new Watching()).groups = true;
    }

    /** Why EKS makes no nodes of a group; empty when it does. */
    static Optional<String> issue(Kernel kernel, NodeGroup group) {
        boolean watching = kernel.shared(Watching.class, k -> new Watching()).groups;
        return Optional.of(Cloud.of(kernel))
                .filter(cloud -> watching)
                .flatMap(cloud -> missing(cloud, group.subnets()))
                .map(subnet -> "Ec2SubnetMissingIpv6Assignment: subnet " + subnet
                        + " does not assign IPv6 addresses to what is launched in it");
    }

    private static Optional<String> missing(Cloud cloud, List<String> subnets) {
        boolean ipv6 =
                cloud.view().all(Part.CLUSTER, Cluster.class).stream().anyMatch(c -> c.ipFamily() == IpFamily.IPV6);
        return subnets.stream()
                .filter(id -> ipv6)
                .flatMap(id -> cloud.view().subnet(id).stream())
                .filter(s -> s.ipv6().filter(Subnet.Ipv6::onCreation).isEmpty())
                .map(Subnet::id)
                .findFirst();
    }

    private static final class Watching {
        private boolean groups;
    }
}
