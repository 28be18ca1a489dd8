package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.NetworkAcl.Traffic;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.RouteTable.Route;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an IPv6 cluster stands on: region, version, blocks of the subnets, ways out of them, rights. The plan makes none of these. */
record Ipv6Ground(SecondSite site) {

    private static final String ANYWHERE = "0.0.0.0/0";
    private static final String ANYWHERE_6 = "::/0";
    private static final String LEAST = "1.10.1";

    /** AmazonEKS_CNI_Policy, which the role may have, is for IPv4 and lacks the first of these. */
    private static final String RIGHTS = "ec2:AssignIpv6Addresses, ec2:DescribeInstances, ec2:DescribeTags,"
            + " ec2:DescribeNetworkInterfaces, ec2:DescribeInstanceTypes, and ec2:CreateTags on network interfaces";

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Cluster cluster = first().cluster();
        if (cluster.partition().equals("aws-cn")) {
            findings.add(Code.NOT_MADE.of(
                    "cluster " + cluster.name(),
                    "EKS makes no IPv6 clusters in its region " + cluster.region(),
                    "choose another network"));
        }
        version().ifPresent(findings::add);
        Set<String> nodes = new LinkedHashSet<>(site.subnets());
        Set<String> all = new LinkedHashSet<>(cluster.controlPlaneSubnets());
        all.addAll(nodes);
        all.stream()
                .flatMap(id -> first().subnet(id).stream())
                .forEach(subnet -> block(subnet, nodes.contains(subnet.id())).ifPresent(findings::add));
        nodes.stream()
                .flatMap(id -> first().subnet(id).stream())
                .forEach(subnet -> way(subnet).ifPresent(findings::add));
        nodes.forEach(id -> shut(id, nodes).ifPresent(findings::add));
        findings.add(rights());
        return findings;
    }

    private View first() {
        return site.first();
    }

    private Optional<Finding> version() {
        return VpcCni.of(first())
                .filter(cni -> cni.addon() && !cni.atLeast(LEAST))
                .map(cni -> Code.NOT_MADE.of(
                        "add-on " + SecondDraft.VPC_CNI,
                        cni.version()
                                + " gives no IPv6 addresses; the second cluster gets the version of the first one",
                        "bring it to " + LEAST + " or later first, one minor version at a time"));
    }

    private static Optional<Finding> block(Subnet subnet, boolean ofNodes) {
        String subject = "subnet " + subnet.id();
        if (subnet.ipv6().isEmpty()) {
            return Optional.of(Code.IPV6_SUBNET.of(
                    subject,
                    "it has no block of IPv6 addresses",
                    "give the VPC a block ('aws ec2 associate-vpc-cidr-block --amazon-provided-ipv6-cidr-block') and the subnet a /64 of it"
                            + " ('aws ec2 associate-subnet-cidr-block --subnet-id " + subnet.id()
                            + " --ipv6-cidr-block ...'), then read the cluster again"));
        }
        return ofNodes && !subnet.ipv6().get().onCreation()
                ? Optional.of(Code.IPV6_SUBNET.of(
                        subject,
                        "instances get no IPv6 address at launch in it, so no node would join",
                        "'aws ec2 modify-subnet-attribute --subnet-id " + subnet.id()
                                + " --assign-ipv6-address-on-creation', then read the cluster again"))
                : Optional.empty();
    }

    /** Whoever has an IPv6 address prefers it to reach a name that has one too. */
    private Optional<Finding> way(Subnet subnet) {
        List<Route> routes = first().all(Part.ROUTE_TABLES, RouteTable.class).stream()
                .filter(t -> subnet.routeTable().map(t.id()::equals).orElse(t.main()))
                .flatMap(t -> t.routes().stream())
                .toList();
        boolean out = routes.stream().anyMatch(r -> r.destination().equals(ANYWHERE));
        boolean out6 = routes.stream().anyMatch(r -> r.destination().equals(ANYWHERE_6));
        return out && !out6
                ? Optional.of(Code.IPV6_EGRESS.of(
                        "subnet " + subnet.id(),
                        "its routes lead to the internet by IPv4 alone",
                        "give its route table a route for ::/0 to an egress-only internet gateway, then read the cluster again; or accept it where"
                                + " pods call no name that has IPv6 addresses too"))
                : Optional.empty();
    }

    /** A network ACL has rules of its own for IPv6, and none of them unless somebody wrote them. */
    private Optional<Finding> shut(String subnet, Set<String> nodes) {
        Traffic all = new Traffic("tcp", 1, 65_535);
        return nodes.stream()
                .filter(other -> !other.equals(subnet))
                .flatMap(other -> first().subnet(other).flatMap(Subnet::ipv6).stream())
                .map(Subnet.Ipv6::cidr)
                .filter(block -> first().networkAcl(subnet)
                        .filter(acl -> !acl.admits(all, block) || !acl.letsOut(all, block))
                        .isPresent())
                .findFirst()
                .map(block -> Code.IPV6_NETWORK_ACL.of(
                        "subnet " + subnet,
                        "its network ACL does not let all of TCP pass from and to " + block
                                + ", where other nodes have their pods",
                        "give the ACL the rules for IPv6 that it has for IPv4, then read the cluster again; accept it where what is shut are"
                                + " ports that nobody uses"));
    }

    private Finding rights() {
        String role = new AddonCni(site)
                .identities().stream()
                        .map(PodIdentity::role)
                        .findFirst()
                        .or(() -> new AddonCni(site).like().flatMap(Addon::serviceAccountRole))
                        .orElseGet(() -> String.join(
                                ", ",
                                site.groups().stream()
                                        .map(NodeGroup::nodeRole)
                                        .distinct()
                                        .toList()));
        return Code.IPV6_RIGHTS.of(
                "role " + role,
                "aws-node of the second cluster acts with it, and what it may do is not read; AmazonEKS_CNI_Policy is not enough",
                "attach a policy with " + RIGHTS + ", beside the one it has, then accept it");
    }
}
