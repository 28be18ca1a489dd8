package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.capacity.SubnetRoom;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.PlanDraft;
import io.cnishift.api.plan.Constraint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** VPC CNI prefix delegation: interfaces get blocks of 16 addresses, so that more pods fit on a node. */
public final class PrefixDelegationStrategy implements MigrationStrategy {

    private static final PodMode MODE = PodMode.PREFIX_DELEGATION;

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                PrefixDraft.ID,
                "VPC CNI prefix delegation",
                "Gives interfaces blocks of 16 addresses: more pods on a node, more addresses from the subnet.",
                StrategyDescriptor.API_VERSION,
                PrefixDelegationOptions.class,
                Code.withRolls());
    }

    @Override
    public Assessment assess(Request request) {
        View view = request.view();
        ServedNodes fleet = ServedNodes.of(view);
        PrefixDraft draft = PrefixDraft.of(request);
        return new Assessment(
                findings(request, fleet, draft),
                new Assessment.Capacity(
                        perNode(draft), fits(view, fleet.replacedBy(draft.roll())) + ServedNodes.besides(view)),
                draft.roll().budgets(),
                draft.roll().disruption(0),
                draft.roll().cost(),
                new Assessment.Features(
                        List.of("more pods on a node", "pods start without waiting for EC2"), List.of()),
                reversible(draft));
    }

    @Override
    public PlanResult plan(Request request) {
        PrefixDraft draft = PrefixDraft.of(request);
        return new PlanDraft(
                        PrefixDraft.ID,
                        draft.options(),
                        findings(request, ServedNodes.of(request.view()), draft),
                        draft.roll().movement().remaining())
                .result(request, () -> PrefixPhases.of(draft));
    }

    private static Map<String, Integer> perNode(PrefixDraft draft) {
        Map<String, Integer> perNode = new TreeMap<>();
        draft.roll().groups().forEach(g -> {
            g.old().instanceTypes().forEach(type -> perNode.merge(type, g.maxPods(), Math::min));
            g.nodes().forEach(n -> perNode.merge(n.instanceType(), g.maxPods(), Math::min));
        });
        perNode.remove("");
        return perNode;
    }

    private static Assessment.Reversible reversible(PrefixDraft draft) {
        Optional<String> point = PlanDraft.pointOfNoReturn(PrefixPhases.of(draft));
        return new Assessment.Reversible(
                point, "the variables are taken back, then every node is replaced once more by one of the old groups");
    }

    private static List<Finding> findings(Request request, ServedNodes fleet, PrefixDraft draft) {
        Gates gates = gates(request, fleet, draft);
        if (draft.inForce()) {
            gates.add(Code.NOTHING_TO_SET.of(
                    "DaemonSet kube-system/aws-node",
                    PrefixDraft.ENABLE + " is true and every node admits as many pods as a new one would",
                    "choose another strategy"));
        }
        if (draft.countsAddresses()) {
            gates.add(Code.BLOCKS_NOT_COUNTED.of(
                    "DaemonSet kube-system/aws-node",
                    "WARM_IP_TARGET or MINIMUM_IP_TARGET is set, and WARM_PREFIX_TARGET="
                            + draft.options().warmPrefixTarget() + " has no effect beside it",
                    "take these targets from aws-node, or leave --set warmPrefixTarget= out"));
        }
        Code.nodesStay(draft.roll()).ifPresent(gates::add);
        Slots.findings(draft.roll(), MODE, fleet.settings().maxEni().orElse(0)).forEach(gates::add);
        draft.roll().findings().forEach(gates::add);
        return gates.findings();
    }

    private static Gates gates(Request request, ServedNodes fleet, PrefixDraft draft) {
        Gates gates = new Gates(request, fleet)
                .ipv4Only()
                .prefixes()
                .settable(draft.env())
                .forbidden(
                        Constraint.NODE_REPLACEMENT,
                        Code.NODES_FORBIDDEN,
                        "max-pods is set when a node starts, so every node would be replaced");
        draft.blocks().findings().forEach(gates::add);
        return gates;
    }

    /** Pods of new nodes, with the blocks that are free once the old nodes are gone. */
    private static long fits(View view, ServedNodes fleet) {
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
}
