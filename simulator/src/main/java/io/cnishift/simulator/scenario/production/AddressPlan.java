package io.cnishift.simulator.scenario.production;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Vpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * The VPC and who has which of its addresses: in each zone one private subnet of nodes and pods, a public one of load balancers
 * and a /28 of the control plane.
 *
 * <p>The subnet of the nodes is the smallest that holds them with a tenth to spare, and its addresses are given in no order, as
 * after months of pods that came and went: hardly a /28 block of it is free.
 */
final class AddressPlan {

    private static final Cidr SHARED = Cidr.parse("10.19.0.0/20");
    private static final String PRIVATE_ROUTES = "rtb-0a0a0a0a0a0a0a0a0";
    private static final String PUBLIC_ROUTES = "rtb-0b0b0b0b0b0b0b0b0";
    private static final int FIRST_NODE_BLOCK = 20;
    /** Of a node with its pods, its warm addresses, its interfaces and its trunk, a tenth added. */
    private static final int PER_NODE = 36;

    private final Shape shape;
    private final Ids ids;
    private final Map<String, SubnetSpace> spaces = new HashMap<>();
    private final List<NetworkInterface> interfaces = new ArrayList<>();

    AddressPlan(Shape shape, Ids ids) {
        this.shape = shape;
        this.ids = ids;
        SplittableRandom random = new SplittableRandom(shape.nodes());
        for (int zone = 0; zone < Shape.ZONES; zone++) {
            spaces.put(nodes(zone), new SubnetSpace(nodeBlock(zone), random));
            spaces.put(front(zone), new SubnetSpace(SHARED.nth(24, zone), random));
            spaces.put(control(zone), new SubnetSpace(SHARED.nth(28, 64 + zone), random));
        }
        others();
    }

    static String nodes(int zone) {
        return "subnet-0" + "abc".charAt(zone) + "0de5".repeat(4);
    }

    static String front(int zone) {
        return "subnet-0" + "abc".charAt(zone) + "f407".repeat(4);
    }

    static String control(int zone) {
        return "subnet-0" + "abc".charAt(zone) + "c041".repeat(4);
    }

    /** The next address of a subnet. */
    String take(String subnet) {
        return space(subnet).take();
    }

    private SubnetSpace space(String subnet) {
        return Objects.requireNonNull(spaces.get(subnet), subnet);
    }

    /** So many addresses on a new interface; the first is its primary one. */
    NetworkInterface attach(
            String subnet,
            String type,
            String description,
            Optional<String> instance,
            int count,
            String securityGroup) {
        List<String> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(take(subnet));
        }
        return attach(subnet, type, description, instance, addresses, securityGroup);
    }

    /** An interface with addresses that were taken before. */
    NetworkInterface attach(
            String subnet,
            String type,
            String description,
            Optional<String> instance,
            List<String> addresses,
            String securityGroup) {
        NetworkInterface made = new NetworkInterface(
                ids.next("eni"), subnet, type, description, instance, addresses, List.of(), List.of(securityGroup));
        interfaces.add(made);
        return made;
    }

    /** Addresses of the API servers: one in each of two zones. */
    List<String> apiServers() {
        return interfaces.stream()
                .filter(i -> i.description().startsWith("Amazon EKS "))
                .map(i -> i.addresses().get(0))
                .toList();
    }

    /** The VPC with all interfaces there are by now. */
    List<Resource> resources() {
        List<Resource> all = new ArrayList<>();
        List<Vpc.CidrBlock> blocks = new ArrayList<>();
        blocks.add(new Vpc.CidrBlock(SHARED, "associated"));
        for (int block = 0; block < (nodePrefix() < 18 ? Shape.ZONES : 1); block++) {
            blocks.add(new Vpc.CidrBlock(block(block), "associated"));
        }
        all.add(new Vpc(
                Site.VPC, blocks, List.of(new Vpc.RoutedRange(Cidr.parse("10.0.0.0/12"), "tgw-0c0ffee0c0ffee0c0"))));
        all.addAll(interfaces);
        List<String> inside = new ArrayList<>();
        List<String> outside = new ArrayList<>();
        for (int zone = 0; zone < Shape.ZONES; zone++) {
            all.add(subnet(nodes(zone), "nodes", zone, PRIVATE_ROUTES));
            all.add(subnet(front(zone), "public", zone, PUBLIC_ROUTES));
            all.add(subnet(control(zone), "control-plane", zone, PRIVATE_ROUTES));
            inside.add(nodes(zone));
            inside.add(control(zone));
            outside.add(front(zone));
        }
        all.add(routes(PRIVATE_ROUTES, true, inside, "nat-0a0a0a0a0a0a0a0a0", blocks));
        all.add(routes(PUBLIC_ROUTES, false, outside, "igw-0b0b0b0b0b0b0b0b0", blocks));
        all.addAll(SecurityGroups.all(shape, ids));
        return all;
    }

    private int nodePrefix() {
        return SubnetMath.smallestPrefixFor((long) shape.nodes() * PER_NODE / Shape.ZONES)
                .orElseThrow();
    }

    private Cidr nodeBlock(int zone) {
        int prefix = nodePrefix();
        return prefix < 18 ? block(zone).nth(prefix, 0) : block(0).nth(prefix, zone);
    }

    private static Cidr block(int number) {
        return Cidr.parse("10." + (FIRST_NODE_BLOCK + number) + ".0.0/16");
    }

    /** What is no node: API servers in two zones, endpoints of the VPC, functions and a database. */
    private void others() {
        for (int zone = 0; zone < Shape.ZONES; zone++) {
            if (zone < 2) {
                attach(
                        control(zone),
                        "interface",
                        "Amazon EKS " + shape.name(),
                        Optional.empty(),
                        1,
                        SecurityGroups.CLUSTER);
            }
            for (String service : List.of("ec2", "ecr.api", "ecr.dkr", "sts", "logs", "elasticloadbalancing")) {
                attach(
                        nodes(zone),
                        "vpc_endpoint",
                        "VPC Endpoint Interface " + service,
                        Optional.empty(),
                        1,
                        SecurityGroups.CLUSTER);
            }
            for (int i = 0; i < 8; i++) {
                attach(nodes(zone), "lambda", "AWS Lambda VPC ENI-" + i, Optional.empty(), 1, SecurityGroups.CLUSTER);
            }
            attach(nodes(zone), "interface", "RDSNetworkInterface", Optional.empty(), 1, SecurityGroups.LEDGER);
        }
    }

    private Subnet subnet(String id, String use, int zone, String routes) {
        Cidr cidr = space(id).cidr();
        List<String> used = interfaces.stream()
                .filter(i -> i.subnet().equals(id))
                .flatMap(i -> i.addresses().stream())
                .toList();
        return new Subnet(
                id,
                shape.name() + "-" + use + "-" + (char) ('a' + zone),
                Shape.zone(zone),
                cidr,
                Math.toIntExact(SubnetMath.usable(cidr)) - used.size(),
                OptionalInt.of(SubnetMath.freePrefixBlocks(cidr, used, List.of())),
                Optional.of(routes),
                use.equals("public"),
                List.of(),
                Map.of(use.equals("public") ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb", "1"));
    }

    private static RouteTable routes(
            String id, boolean main, List<String> subnets, String gateway, List<Vpc.CidrBlock> blocks) {
        List<RouteTable.Route> routes = new ArrayList<>();
        blocks.forEach(b -> routes.add(new RouteTable.Route(b.cidr().toString(), "local")));
        routes.add(new RouteTable.Route("10.0.0.0/12", "tgw-0c0ffee0c0ffee0c0"));
        routes.add(new RouteTable.Route("0.0.0.0/0", gateway));
        return new RouteTable(id, main, subnets, routes);
    }
}
