package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.capacity.SubnetRoom;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.NoOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/** VPC CNI prefix delegation: interfaces get blocks of 16 addresses, so that more pods fit on a node. */
public final class PrefixDelegationStrategy implements MigrationStrategy {

    private static final PodMode MODE = PodMode.PREFIX_DELEGATION;

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                "prefix-delegation",
                "VPC CNI prefix delegation",
                "Gives interfaces blocks of 16 addresses: more pods on a node, more addresses from the subnet.",
                StrategyDescriptor.API_VERSION,
                NoOptions.class,
                Code.explained());
    }

    @Override
    public Assessment assess(Request request) {
        View view = request.view();
        Fleet fleet = Fleet.of(view);
        return new Assessment(
                gates(request, fleet).findings(),
                new Assessment.Capacity(fleet.slots(MODE), fits(view, fleet)),
                AddressUse.of(view).stream().map(use -> afterwards(use, fleet)).toList(),
                Estimate.everyNode(view, fleet),
                Estimate.oneExtraNode(fleet),
                new Assessment.Features(
                        List.of("more pods on a node", "pods start without waiting for EC2"), List.of()),
                new Assessment.Reversible(
                        Optional.empty(), "the setting is taken back and every node is replaced once more"));
    }

    @Override
    public PlanResult plan(Request request) {
        return NotPlanned.refusal(this);
    }

    private static Gates gates(Request request, Fleet fleet) {
        Gates gates = new Gates(request, fleet)
                .ipv4Only()
                .atLeast("1.9.0", "prefix delegation")
                .forbidden(
                        Constraint.NODE_REPLACEMENT,
                        Code.NODES_FORBIDDEN,
                        "max-pods is set when a node starts, so every node would be replaced");
        fleet.members().stream()
                .map(Fleet.Member::limits)
                .distinct()
                .filter(l -> !l.prefixCapable())
                .forEach(l -> gates.add(Code.NOT_NITRO.of(
                        "instance type " + l.type(), "it is no Nitro instance", "choose a Nitro type")));
        AddressUse.ofNodeSubnets(request.view()).forEach(use -> {
            int needed = held(use, fleet, Holding::prefixes);
            OptionalInt free = use.subnet().freePrefixBlocks();
            String subject = "subnet " + use.subnet().id();
            if (free.isEmpty() && needed > 0) {
                gates.add(Code.UNKNOWN.of(
                        subject,
                        "its free /28 blocks are not read; its " + use.nodes() + " nodes need " + needed,
                        "read the cluster again with the IAM action ec2:DescribeNetworkInterfaces allowed"));
            } else if (free.orElse(0) < needed) {
                gates.add(Code.NO_PREFIX.of(
                        subject,
                        use.subnet().cidr() + " has " + free.orElse(0) + " free /28 blocks, its " + use.nodes()
                                + " nodes need " + needed,
                        "use new subnets, or reserve a range for prefixes as it empties"));
            }
        });
        return gates;
    }

    /** Pods of new nodes, with the blocks that are free once the old nodes are gone. */
    private static long fits(View view, Fleet fleet) {
        return AddressUse.ofNodeSubnets(view).stream()
                .mapToLong(use -> fleet.podsThatFit(
                        MODE,
                        m -> m.subnet().equals(use.subnet().id()),
                        new SubnetRoom.Supply(use.usable() - use.others() - use.nodes(), blocks(view, use), 0)))
                .sum();
    }

    /** Empty when the interfaces of the subnet could not be read. */
    private static OptionalInt blocks(View view, AddressUse use) {
        List<NetworkInterface> others = view.interfacesIn(use.subnet().id()).stream()
                .filter(i -> i.instance().isEmpty())
                .toList();
        int free = SubnetMath.freePrefixBlocks(
                use.subnet().cidr(),
                others.stream().flatMap(i -> i.addresses().stream()).toList(),
                others.stream().flatMap(i -> i.prefixes().stream()).toList());
        return use.subnet().freePrefixBlocks().isEmpty() ? OptionalInt.empty() : OptionalInt.of(free);
    }

    private static int held(AddressUse use, Fleet fleet, ToIntFunction<Holding> count) {
        return fleet.held(use.subnet().id(), MODE, count);
    }

    private static SubnetBudget afterwards(AddressUse use, Fleet fleet) {
        int after = use.nodes() == 0 ? use.used() : use.others() + held(use, fleet, Holding::subnetAddresses);
        int perNode = use.nodes() == 0 ? 0 : (after - use.others() + use.nodes() - 1) / use.nodes();
        return new SubnetBudget(
                use.subnet().id(),
                use.subnet().availabilityZone(),
                use.subnet().cidr(),
                use.usable(),
                use.used(),
                Math.max(use.used(), after) + perNode,
                after);
    }
}
