package io.cnishift.simulator.kit;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.LaunchTemplate;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.cluster.Vpc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The AWS and Helm parts of a cluster of {@link Clusters}. */
final class AwsSide {

    private static final Instant LAUNCHED = Instant.parse("2026-03-02T09:00:00Z");
    private static final String LOAD_BALANCER = Layout.ARN + "loadbalancer/app/k8s-web/0123456789abcdef";

    private final Layout layout;
    private final Placement placement;

    AwsSide(Layout layout, Placement placement) {
        this.layout = layout;
        this.placement = placement;
    }

    List<Resource> resources() {
        List<Resource> all = new ArrayList<>();
        all.add(new Vpc(Layout.VPC, List.of(new Vpc.CidrBlock(Cidr.parse("10.0.0.0/16"), "associated")), List.of()));
        List<NetworkInterface> interfaces = interfaces();
        all.addAll(interfaces);
        all.add(subnet(0, interfaces));
        all.add(subnet(1, interfaces));
        all.add(new RouteTable(
                Layout.ROUTE_TABLE,
                true,
                List.of(Layout.subnet(0), Layout.subnet(1)),
                List.of(
                        new RouteTable.Route("10.0.0.0/16", "local"),
                        new RouteTable.Route(
                                "0.0.0.0/0",
                                layout.publicSubnets() ? "igw-0aaaaaaaaaaaaaaaa" : "nat-0aaaaaaaaaaaaaaaa"))));
        all.addAll(securityGroups());
        all.add(group());
        all.add(new TemplateVersion(
                Layout.TEMPLATE,
                1,
                "workers",
                layout.selfManaged() ? Optional.of(Layout.IMAGE) : Optional.empty(),
                OptionalInt.empty(),
                layout.hopLimit(),
                Map.of(),
                List.of(),
                layout.openToItself() ? List.of() : List.of(Layout.NODE_SG)));
        placement.hosts().forEach(h -> all.add(instance(h)));
        all.add(loadBalancer());
        all.add(targetGroup());
        Stream.of("vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent").forEach(a -> all.add(addon(a)));
        all.add(new Release(
                "kube-system",
                "aws-load-balancer-controller",
                "aws-load-balancer-controller",
                "1.14.1",
                "deployed",
                1,
                Map.of("clusterName", "healthy")));
        return all;
    }

    private List<NetworkInterface> interfaces() {
        List<NetworkInterface> all = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            all.add(new NetworkInterface(
                    "eni-0c" + String.format("%015x", i),
                    Layout.subnet(i),
                    "interface",
                    "Amazon EKS healthy",
                    Optional.empty(),
                    List.of(layout.cidr(i).address(4)),
                    List.of(),
                    List.of(Layout.CLUSTER_SG)));
            all.add(new NetworkInterface(
                    "eni-0b" + String.format("%015x", i),
                    Layout.subnet(i),
                    "interface",
                    "ELB app/k8s-web/0123456789abcdef",
                    Optional.empty(),
                    List.of(layout.cidr(i).address(5)),
                    List.of(),
                    List.of(Layout.ALB_SG)));
        }
        placement.hosts().forEach(host -> {
            for (int n = 0; n < host.interfaces().size(); n++) {
                Placement.Interface one = host.interfaces().get(n);
                all.add(new NetworkInterface(
                        one.id(),
                        Layout.subnet(host.index()),
                        "interface",
                        n == 0 ? "" : "aws-K8S-" + host.instance(),
                        Optional.of(host.instance()),
                        one.addresses(),
                        List.of(),
                        List.of(layout.nodeSecurityGroup())));
            }
        });
        return all;
    }

    private Subnet subnet(int index, List<NetworkInterface> interfaces) {
        Cidr cidr = layout.cidr(index);
        List<String> used = interfaces.stream()
                .filter(i -> i.subnet().equals(Layout.subnet(index)))
                .flatMap(i -> i.addresses().stream())
                .toList();
        List<Cidr> blocks = cidr.prefix() > 28 ? List.of() : cidr.split(28);
        // the first and the last block hold addresses that AWS keeps
        long free = blocks.stream()
                .filter(b -> !b.contains(cidr.network()) && !b.contains(cidr.address(cidr.size() - 1)))
                .filter(b -> used.stream().noneMatch(b::contains))
                .count();
        return new Subnet(
                Layout.subnet(index),
                "healthy-" + Layout.zone(index),
                Layout.zone(index),
                cidr,
                (int) cidr.size() - 5 - used.size(),
                OptionalInt.of((int) free),
                Optional.of(Layout.ROUTE_TABLE),
                layout.publicSubnets(),
                List.of(),
                Map.of());
    }

    private List<Resource> securityGroups() {
        Rule all = new Rule("sgr-0e", "-1", -1, -1, "0.0.0.0/0", "");
        List<Rule> cluster = new ArrayList<>();
        cluster.add(new Rule("sgr-01", "-1", -1, -1, Layout.CLUSTER_SG, ""));
        cluster.add(new Rule("sgr-02", "tcp", 0, 65535, Layout.ALB_SG, ""));
        cluster.add(new Rule("sgr-03", "-1", -1, -1, Layout.NODE_SG, ""));
        List<Rule> nodes = List.of(
                new Rule("sgr-04", "tcp", 0, 65535, Layout.NODE_SG, ""),
                new Rule("sgr-05", "udp", 53, 53, Layout.NODE_SG, ""),
                new Rule("sgr-06", "tcp", 0, 65535, Layout.ALB_SG, ""),
                new Rule("sgr-07", "tcp", 0, 65535, Layout.CLUSTER_SG, ""));
        return List.of(
                new SecurityGroup(Layout.CLUSTER_SG, "eks-cluster-sg-healthy", cluster, List.of(all), Map.of()),
                new SecurityGroup(Layout.NODE_SG, "nodes", nodes, List.of(all), Map.of()),
                new SecurityGroup(
                        Layout.ALB_SG,
                        "k8s-web-alb",
                        List.of(new Rule("sgr-08", "tcp", 80, 80, "0.0.0.0/0", "")),
                        List.of(all),
                        Map.of()));
    }

    private NodeGroup group() {
        boolean managed = !layout.selfManaged();
        return new NodeGroup(
                Clusters.GROUP,
                managed ? NodeGroup.Kind.MANAGED : NodeGroup.Kind.SELF_MANAGED,
                "ACTIVE",
                Optional.of(managed ? "eks-workers-01234567" : Clusters.GROUP),
                1,
                layout.nodes() * 2 + 2,
                layout.nodes(),
                List.of(layout.instanceType()),
                managed ? "AL2023_x86_64_STANDARD" : "CUSTOM",
                layout.capacityType(),
                List.of(Layout.subnet(0), Layout.subnet(1)),
                Optional.of(new LaunchTemplate(
                        Layout.TEMPLATE,
                        "workers",
                        1,
                        managed ? Optional.empty() : Optional.of(Layout.IMAGE),
                        !managed,
                        layout.hopLimit(),
                        true,
                        layout.openToItself() ? List.of() : List.of(Layout.NODE_SG),
                        reservation())),
                managed ? NodeGroup.MaxPodsBy.MANAGED_GROUP : NodeGroup.MaxPodsBy.ENI_FORMULA,
                OptionalInt.of(layout.maxPods()),
                Map.of(),
                List.of(),
                "arn:aws:iam::111122223333:role/healthy-nodes",
                false,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Owner.NONE);
    }

    private Optional<NodeGroup.CapacityReservation> reservation() {
        return layout.reservedFree().isPresent()
                ? Optional.of(new NodeGroup.CapacityReservation(Layout.RESERVATION, layout.reservedFree()))
                : Optional.empty();
    }

    private Instance instance(Placement.Host host) {
        return new Instance(
                host.instance(),
                layout.instanceType(),
                Layout.zone(host.index()),
                Layout.subnet(host.index()),
                Optional.of(Clusters.GROUP),
                "running",
                host.address(),
                Layout.IMAGE,
                layout.hopLimit(),
                List.of(layout.nodeSecurityGroup()),
                LAUNCHED,
                OptionalLong.of(1),
                false,
                false);
    }

    private static LoadBalancer loadBalancer() {
        return new LoadBalancer(
                LOAD_BALANCER,
                "k8s-web",
                "application",
                "internet-facing",
                List.of(Layout.subnet(0), Layout.subnet(1)),
                List.of(Layout.ALB_SG),
                List.of(new LoadBalancer.Listener(
                        80,
                        "HTTP",
                        List.of(
                                new LoadBalancer.Rule(
                                        "path=/", List.of(new LoadBalancer.Weighted(Layout.TARGET_GROUP, 1))),
                                new LoadBalancer.Rule("default", List.of())))),
                Map.of("elbv2.k8s.aws/cluster", "healthy", "ingress.k8s.aws/stack", "web/web"));
    }

    private TargetGroup targetGroup() {
        List<Target> targets = layout.instanceTargets()
                ? placement.hosts().stream()
                        .map(h -> new Target(h.instance(), Layout.NODE_PORT, "healthy", ""))
                        .toList()
                : placement.pods().stream()
                        .filter(p -> p.app().name().equals("web"))
                        .map(p -> new Target(p.address().orElseThrow(), 8080, "healthy", ""))
                        .toList();
        return new TargetGroup(
                Layout.TARGET_GROUP,
                "k8s-web-web-0123456789",
                layout.targetType(),
                "HTTP",
                80,
                15,
                2,
                300,
                targets,
                Optional.of("web/web"),
                Map.of(
                        "elbv2.k8s.aws/cluster",
                        "healthy",
                        "ingress.k8s.aws/resource",
                        "web/web-web:80",
                        "ingress.k8s.aws/stack",
                        "web/web"));
    }

    private static Addon addon(String name) {
        String version = switch (name) {
            case "vpc-cni" -> "v1.20.4-eksbuild.2";
            case "kube-proxy" -> "v1.33.0-eksbuild.2";
            case "coredns" -> "v1.12.4-eksbuild.1";
            default -> "v1.3.10-eksbuild.1";
        };
        return new Addon(name, version, "ACTIVE", Map.of(), Optional.empty(), false, List.of(), Map.of());
    }
}
