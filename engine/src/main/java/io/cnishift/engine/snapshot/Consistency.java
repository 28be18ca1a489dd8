package io.cnishift.engine.snapshot;

import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must hold between the parts of a snapshot. Only what a cluster cannot violate is checked: an Ingress may name a Service
 * that nobody made, an instance may not be in a subnet that does not exist. References into a part that could not be read are
 * not judged.
 */
final class Consistency {

    private final ClusterSnapshot snapshot;
    private final List<Flaw> flaws = new ArrayList<>();

    Consistency(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    List<Flaw> flaws() {
        network();
        machines();
        balancers();
        objects();
        twice();
        return flaws;
    }

    private void network() {
        Vpc vpc = snapshot.vpc();
        if (!snapshot.cluster().vpcId().equals(vpc.id())) {
            flaws.add(new Flaw(
                    "cluster",
                    snapshot.cluster(),
                    "vpcId",
                    0,
                    "the cluster is in " + snapshot.cluster().vpcId() + ", but the file describes " + vpc.id(),
                    "write the id of the VPC that the cluster is in"));
        }
        Reference subnet = reference(Part.SUBNETS, "subnet", snapshot.subnets());
        List<String> controlPlane = snapshot.cluster().controlPlaneSubnets();
        for (int i = 0; i < controlPlane.size(); i++) {
            subnet.check("cluster", snapshot.cluster(), "controlPlaneSubnets[" + i + "]", controlPlane.get(i));
        }
        Reference table = reference(Part.ROUTE_TABLES, "route table", snapshot.routeTables());
        for (Subnet s : snapshot.subnets()) {
            s.routeTable().ifPresent(id -> table.check("subnets", s, "routeTable", id));
            room(s, vpc);
        }
        snapshot.networkInterfaces().forEach(i -> subnet.check("networkInterfaces", i, "subnet", i.subnet()));
        for (RouteTable t : snapshot.routeTables()) {
            for (int i = 0; i < t.subnets().size(); i++) {
                subnet.check("routeTables", t, "subnets[" + i + "]", t.subnets().get(i));
            }
        }
    }

    private void room(Subnet subnet, Vpc vpc) {
        if (vpc.cidrs().stream().noneMatch(block -> block.cidr().contains(subnet.cidr()))) {
            flaws.add(new Flaw(
                    "subnets",
                    subnet,
                    "cidr",
                    0,
                    subnet.cidr() + " is in no CIDR block of " + vpc.id(),
                    "correct the range, or add its block under vpc.cidrs"));
        }
        long usable = SubnetMath.usable(subnet.cidr());
        if (subnet.freeAddresses() < 0 || subnet.freeAddresses() > usable) {
            flaws.add(new Flaw(
                    "subnets",
                    subnet,
                    "freeAddresses",
                    0,
                    subnet.freeAddresses() + " free addresses, but " + subnet.cidr() + " has " + usable + " usable",
                    "write what EC2 reports as AvailableIpAddressCount"));
        }
    }

    private void machines() {
        Reference subnet = reference(Part.SUBNETS, "subnet", snapshot.subnets());
        Reference group = reference(Part.NODE_GROUPS, "node group", snapshot.nodeGroups());
        Reference instance = reference(Part.INSTANCES, "instance", snapshot.instances());
        for (Instance i : snapshot.instances()) {
            subnet.check("instances", i, "subnet", i.subnet());
            i.nodeGroup().ifPresent(name -> group.check("instances", i, "nodeGroup", name));
        }
        for (NodeGroup g : snapshot.nodeGroups()) {
            for (int i = 0; i < g.subnets().size(); i++) {
                subnet.check("nodeGroups", g, "subnets[" + i + "]", g.subnets().get(i));
            }
        }
        for (Node node : snapshot.nodes()) {
            node.instance().ifPresent(id -> instance.check("nodes", node, "instance", id));
        }
    }

    private void balancers() {
        Reference group = reference(Part.TARGET_GROUPS, "target group", snapshot.targetGroups());
        for (LoadBalancer balancer : snapshot.loadBalancers()) {
            for (int l = 0; l < balancer.listeners().size(); l++) {
                var rules = balancer.listeners().get(l).rules();
                for (int r = 0; r < rules.size(); r++) {
                    var forward = rules.get(r).forward();
                    for (int f = 0; f < forward.size(); f++) {
                        String path = "listeners[" + l + "].rules[" + r + "].forward[" + f + "].targetGroup";
                        group.check(
                                "loadBalancers", balancer, path, forward.get(f).targetGroup());
                    }
                }
            }
        }
    }

    private void objects() {
        Reference node = reference(Part.NODES, "node", snapshot.nodes());
        Reference namespace = reference(Part.NAMESPACES, "namespace", snapshot.namespaces());
        for (Pod pod : snapshot.pods()) {
            pod.node().ifPresent(name -> node.check("pods", pod, "node", name));
            namespace.check("pods", pod, "namespace", pod.namespace());
        }
        for (Workload workload : snapshot.workloads()) {
            namespace.check("workloads", workload, "namespace", workload.namespace());
        }
        for (Service service : snapshot.services()) {
            namespace.check("services", service, "namespace", service.namespace());
        }
    }

    private void twice() {
        Lists.of(snapshot).forEach((list, resources) -> {
            Map<String, Integer> seen = new HashMap<>();
            for (Resource resource : resources) {
                int before = seen.merge(resource.key(), 1, Integer::sum) - 1;
                if (before > 0) {
                    flaws.add(new Flaw(
                            list,
                            resource,
                            "",
                            before,
                            "'" + resource.key() + "' is there twice",
                            "remove one of the two"));
                }
            }
        });
    }

    private Reference reference(Part part, String what, List<? extends Resource> there) {
        Set<String> keys = there.stream().map(Resource::key).collect(Collectors.toSet());
        return new Reference(snapshot.known(part), part, what, keys);
    }

    /** Looks up one kind of reference. */
    private final class Reference {

        private final boolean known;
        private final Part part;
        private final String what;
        private final Set<String> keys;

        Reference(boolean known, Part part, String what, Set<String> keys) {
            this.known = known;
            this.part = part;
            this.what = what;
            this.keys = keys;
        }

        void check(String list, Resource from, String field, String key) {
            if (known && !keys.contains(key)) {
                String message = "there is no " + what + " '" + key + "' in this snapshot";
                String remedy =
                        "correct the name or add it; if the " + part + " could not be read, say so under unknown";
                flaws.add(new Flaw(list, from, field, 0, message, remedy));
            }
        }
    }
}
