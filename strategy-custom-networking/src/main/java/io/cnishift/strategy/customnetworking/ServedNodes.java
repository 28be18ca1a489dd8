package io.cnishift.strategy.customnetworking;

import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.NodeRoom;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.SubnetRoom;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.roll.RollDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The nodes that the VPC CNI serves, with the limits of their types and the pods it gives addresses to.
 *
 * @param successors by name of a node, the pods that the one admits that takes over from it; a node without an entry has one that
 *     admits what its type carries
 */
record ServedNodes(
        List<Member> members, List<String> unknownTypes, WarmPoolSettings settings, Map<String, Integer> successors) {

    /** A node, its subnet, its pods that are not on the host network, and those that are. */
    record Member(Node node, InstanceLimits limits, Instance instance, int pods, int onHost) {

        String subnet() {
            return instance.subnet();
        }

        /** A node that has only just joined has reported no number yet, and holds its first interface all the same. */
        int admits() {
            return Math.max(1, node.maxPods());
        }
    }

    static ServedNodes of(View view) {
        InstanceTable table = InstanceTable.embedded();
        List<Member> members = new ArrayList<>();
        TreeSet<String> unknown = new TreeSet<>();
        for (Node node : view.nodes()) {
            if (node.linux() && view.instanceOf(node).isPresent()) {
                Instance instance = view.instanceOf(node).orElseThrow();
                table.find(instance.type())
                        .ifPresentOrElse(
                                limits -> members.add(new Member(
                                        node,
                                        limits,
                                        instance,
                                        pods(view, node, p -> !p.hostNetwork()),
                                        pods(view, node, Pod::hostNetwork))),
                                () -> unknown.add(instance.type()));
            }
        }
        WarmPoolSettings settings =
                VpcCni.of(view).map(cni -> WarmPoolSettings.fromEnv(cni.env())).orElseGet(WarmPoolSettings::defaults);
        return new ServedNodes(members, List.copyOf(unknown), settings, Map.of());
    }

    /** The same nodes, of which a roll says what their successors admit. */
    ServedNodes replacedBy(RollDraft roll) {
        Map<String, Integer> admitted = new TreeMap<>();
        roll.groups().forEach(g -> g.nodes().forEach(n -> admitted.put(n.name(), g.maxPods())));
        return new ServedNodes(members, unknownTypes, settings, admitted);
    }

    /** Pods that the other nodes admit, which the VPC CNI does not serve in a mode that could change. */
    static long besides(View view) {
        List<Node> served = of(view).members().stream().map(Member::node).toList();
        return view.nodes().stream()
                .filter(n -> !served.contains(n))
                .mapToLong(Node::maxPods)
                .sum();
    }

    /** Pod slots by instance type, the most that nodes have now or the fewest in another mode, with the recommended cap of that. */
    Map<String, Integer> slots(PodMode mode) {
        boolean now = mode == PodMode.SECONDARY_IP;
        Map<String, Integer> slots = new TreeMap<>();
        members.forEach(m ->
                slotsOf(m, mode).ifPresent(n -> slots.merge(m.limits().type(), n, now ? Math::max : Math::min)));
        return slots;
    }

    /**
     * Pods of the nodes of a place, once new ones have come in their stead in that mode: the lesser of their slots and what the
     * addresses allow.
     *
     * @param here which nodes share the addresses
     */
    long podsThatFit(PodMode mode, Predicate<Member> here, SubnetRoom.Supply supply) {
        WarmPoolSettings target = settings.inMode(mode);
        List<NodeRoom> rooms = new ArrayList<>();
        long onHosts = 0;
        for (Member m : members.stream().filter(here).toList()) {
            int slots = slotsOf(m, mode).orElse(0);
            int hosts = Math.min(m.onHost(), slots);
            onHosts += hosts;
            rooms.add(NodeRoom.fresh(target, m.limits(), slots - hosts));
        }
        return onHosts + SubnetRoom.fill(rooms, supply).pods();
    }

    /** The sum of one count over the nodes of a subnet, once they run in that mode with the pods there are. */
    int held(String subnet, PodMode mode, ToIntFunction<Holding> count) {
        return members.stream()
                .filter(m -> m.subnet().equals(subnet))
                .mapToInt(m -> count.applyAsInt(held(m, mode)))
                .sum();
    }

    Holding held(Member member, PodMode mode) {
        int slots = Math.max(1, slotsOf(member, mode).orElse(member.admits()));
        return WarmPool.held(settings.inMode(mode), member.limits(), member.pods(), slots);
    }

    private OptionalInt slotsOf(Member member, PodMode mode) {
        int maxEni = settings.maxEni().orElse(0);
        if (mode == PodMode.SECONDARY_IP) {
            return OptionalInt.of(member.node().maxPods());
        }
        Integer admitted = successors.get(member.node().name());
        OptionalInt carried = MaxPods.recommended(member.limits(), mode, maxEni);
        return admitted == null || carried.isEmpty() ? carried : OptionalInt.of(admitted);
    }

    private static int pods(View view, Node node, Predicate<Pod> which) {
        return (int) view.podsOn(node.name()).stream()
                .filter(p -> !p.finished())
                .filter(which)
                .count();
    }
}
