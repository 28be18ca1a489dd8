package io.cnishift.strategy.overlay;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.NodeRoom;
import io.cnishift.api.capacity.SubnetRoom;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Cilium with VPC addresses would give a cluster and cost it. */
final class EniAssessment {

    private final Request request;
    private final View view;
    private final boolean prefixes;

    EniAssessment(Request request) {
        this.request = request;
        this.view = request.view();
        this.prefixes = request.options(EniOptions.class).prefixDelegation();
    }

    Assessment assess() {
        List<SubnetBudget> budgets =
                AddressUse.of(view).stream().map(this::budget).toList();
        return new Assessment(
                new EniCheck(request, this).findings(budgets),
                capacity(),
                budgets,
                disruption(),
                Expense.of(groups()),
                new Assessment.Features(
                        List.of(
                                "pods keep VPC addresses: webhooks, ip targets and on-premises routes work as before",
                                "CiliumNetworkPolicy: rules by identity, DNS name and HTTP request"),
                        List.of(
                                "security groups for pods",
                                "support of AWS for the CNI",
                                "two addresses of each node, which Cilium uses itself")),
                new Assessment.Reversible(
                        Optional.empty(), "pods can be drained back as long as the VPC CNI is not removed"));
    }

    private Assessment.Capacity capacity() {
        Map<String, Integer> perNode = new TreeMap<>();
        Fleet.groups(view).stream()
                .flatMap(g -> g.instanceTypes().stream())
                .forEach(type ->
                        Fleet.limits(type).ifPresent(limits -> perNode.put(type, EniPool.maxPods(limits, prefixes))));
        long all = AddressUse.ofNodeSubnets(view).stream().mapToLong(this::fits).sum();
        return new Assessment.Capacity(perNode, all);
    }

    /** Pods of new nodes in a subnet: what they admit, or what its addresses allow. */
    private long fits(AddressUse use) {
        List<NodeRoom> rooms = new ArrayList<>();
        int free = use.usable() - use.others();
        long onHosts = 0;
        for (Node node : nodesIn(use.subnet().id())) {
            int slots = limits(node).map(l -> EniPool.maxPods(l, prefixes)).orElse(node.maxPods());
            int hosts = (int) view.podsOn(node.name()).stream()
                    .filter(p -> p.hostNetwork() && !p.finished())
                    .limit(slots)
                    .count();
            onHosts += hosts;
            int open = slots - hosts;
            rooms.add(limits(node)
                    .map(l -> EniPool.room(l, open, prefixes))
                    .orElse(new NodeRoom(open, 0, open, 0, 0, 1)));
            free -= limits(node).map(l -> EniPool.least(l, prefixes)).orElse(1);
        }
        return onHosts + SubnetRoom.fill(rooms, SubnetRoom.Supply.of(free)).pods();
    }

    /** At the worst moment one node of the new side stands beside all old ones, with the pods of the busiest. */
    private SubnetBudget budget(AddressUse use) {
        List<Node> nodes = nodesIn(use.subnet().id());
        int most = nodes.stream().mapToInt(this::held).max().orElse(0);
        int after = use.others() + nodes.stream().mapToInt(this::held).sum();
        int peak = Math.max(use.used() + most, after);
        return new SubnetBudget(
                use.subnet().id(),
                use.subnet().availabilityZone(),
                use.subnet().cidr(),
                use.usable(),
                use.used(),
                nodes.isEmpty() ? use.used() : peak,
                after);
    }

    /** Nodes in a subnet. */
    List<Node> nodesIn(String subnet) {
        return Fleet.nodes(view).stream()
                .filter(n -> view.instanceOf(n)
                        .map(Instance::subnet)
                        .filter(subnet::equals)
                        .isPresent())
                .toList();
    }

    /** Of a type that is not known, what it holds today. */
    private int held(Node node) {
        int pods = Fleet.podsWithAddress(view, node).size();
        return limits(node)
                .map(l -> EniPool.held(l, pods, prefixes))
                .orElseGet(() -> node.instance()
                        .map(id -> view.all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                                .filter(i -> i.instance().filter(id::equals).isPresent())
                                .mapToInt(i ->
                                        i.addresses().size() + 16 * i.prefixes().size())
                                .sum())
                        .orElse(1));
    }

    static Optional<InstanceLimits> limits(Node node) {
        return Fleet.limits(node.instanceType());
    }

    private Assessment.Disruption disruption() {
        int pods = Fleet.nodes(view).stream()
                .flatMap(n -> view.podsOn(n.name()).stream())
                .mapToInt(p -> p.movesOn() ? 1 : 0)
                .sum();
        return new Assessment.Disruption(pods, Fleet.nodes(view).size(), 0);
    }

    /** One node more at a time in each group that has any. */
    private List<Expense.Wave> groups() {
        return Fleet.groups(view).stream()
                .map(g -> view.nodesOf(g.name()).size())
                .map(nodes -> new Expense.Wave(nodes, Math.min(1, nodes), Math.min(1, nodes)))
                .toList();
    }
}
