package org.example.maxeni;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The interfaces of one node and the addresses that its pods have. The first address of an interface is its own.
 *
 * @param slots addresses for pods that fit on one interface
 */
record NodeInterfaces(Node node, Instance instance, int slots, List<NetworkInterface> interfaces, Set<String> given) {

    NodeInterfaces {
        interfaces = List.copyOf(interfaces);
        given = Set.copyOf(given);
    }

    /** Every node of a known instance type. */
    static List<NodeInterfaces> of(View view) {
        InstanceTable types = InstanceTable.embedded();
        List<NodeInterfaces> all = new ArrayList<>();
        for (Node node : view.nodes()) {
            Optional<Instance> instance = view.instanceOf(node);
            Optional<InstanceLimits> limits = instance.flatMap(i -> types.find(i.type()));
            if (instance.isPresent() && limits.isPresent()) {
                all.add(new NodeInterfaces(
                        node,
                        instance.get(),
                        limits.get().slotsPerEni(),
                        interfaces(view, instance.get()),
                        addresses(view, node)));
            }
        }
        return all;
    }

    /** Pods that can have an address under a cap; those that have one keep it. */
    int room(int maxEni) {
        return Math.max(given.size(), maxEni * slots);
    }

    /** Interfaces beyond the cap that pods hold. */
    int heldBeyond(int maxEni) {
        long held = interfaces.size() - idle().size();
        return (int) Math.max(0, held - maxEni);
    }

    /** Interfaces that no pod holds; never the node's own. */
    List<NetworkInterface> idle() {
        return interfaces.stream()
                .filter(face -> !face.addresses().contains(instance.privateAddress()))
                .filter(face -> face.addresses().stream().noneMatch(given::contains))
                .toList();
    }

    /**
     * Addresses that the node gives back with no warm interface wanted. aws-node lets an interface without pods go while as many
     * addresses are free as an interface has; it would attach one again when none is left and the cap admits it.
     */
    int released(int maxEni) {
        int free = interfaces.stream().mapToInt(NodeInterfaces::slotsTaken).sum() - given.size();
        int left = interfaces.size();
        int released = 0;
        for (NetworkInterface face : idle()) {
            int taken = slotsTaken(face);
            boolean staysAway = free - taken > 0 || left - 1 >= maxEni;
            if (free < slots || !staysAway) {
                break;
            }
            free -= taken;
            left--;
            released += face.addresses().size();
        }
        return released;
    }

    private static int slotsTaken(NetworkInterface face) {
        return face.addresses().size() - 1;
    }

    private static List<NetworkInterface> interfaces(View view, Instance instance) {
        return view.all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                .filter(face -> face.instance().filter(instance.id()::equals).isPresent())
                .toList();
    }

    private static Set<String> addresses(View view, Node node) {
        return view.podsOn(node.name()).stream()
                .filter(pod -> !pod.hostNetwork() && !pod.finished())
                .flatMap((Pod pod) -> pod.address().stream())
                .collect(Collectors.toSet());
    }
}
