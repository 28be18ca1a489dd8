package io.cnishift.api.roll;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The nodes and node groups that a roll is about.
 *
 * @param label key of the label that only new nodes carry
 */
public record Fleet(View view, String label) {

    private static final String COMPUTE_TYPE = "eks.amazonaws.com/compute-type";

    /** Nothing is missing. */
    public Fleet {
        Objects.requireNonNull(view);
        Objects.requireNonNull(label);
    }

    /** Linux nodes on EC2 that the VPC CNI serves and that are not new: what is replaced. */
    public List<Node> nodes() {
        return view.nodes().stream()
                .filter(Node::linux)
                .filter(n -> !n.labels().containsKey(COMPUTE_TYPE))
                .filter(n -> !n.labels().containsKey(label))
                .toList();
    }

    /** Those of them in a subnet. */
    public List<Node> nodesIn(String subnet) {
        return nodes().stream()
                .filter(n -> view.instanceOf(n)
                        .map(Instance::subnet)
                        .filter(subnet::equals)
                        .isPresent())
                .toList();
    }

    /** Nodes of a compute type that brings its own networking: {@code fargate}, {@code auto}, {@code hybrid}. */
    public static List<Node> nodesOf(View view, String computeType) {
        return view.nodes().stream()
                .filter(n -> computeType.equals(n.labels().get(COMPUTE_TYPE)))
                .toList();
    }

    /** The groups that a plan replaces, in order of name. */
    public List<NodeGroup> groups() {
        return view.nodeGroups().stream()
                .filter(g -> g.kind() != NodeGroup.Kind.KARPENTER
                        || TwinPool.of(view, g).isPresent())
                .filter(g -> !g.amiType().toUpperCase(Locale.ROOT).startsWith("WINDOWS"))
                .filter(g -> !g.labels().containsKey(label))
                .toList();
    }

    /** Pods of a node that have an address of their own and still need it. */
    public static List<Pod> podsWithAddress(View view, Node node) {
        return view.podsOn(node.name()).stream()
                .filter(p -> !p.hostNetwork() && !p.finished())
                .toList();
    }

    /** Addresses of its own subnet that a node holds, its own and warm ones included; empty when its interfaces are not known. */
    static OptionalInt addressesHeld(View view, Node node) {
        List<NetworkInterface> own = interfaces(view, node);
        return own.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(own.stream()
                        .mapToInt(n -> n.addresses().size()
                                + (int) n.prefixes().stream()
                                        .mapToLong(Cidr::size)
                                        .sum())
                        .sum());
    }

    /** Addresses that a node holds for pods and that none of its pods uses. */
    static int spareAddresses(View view, Node node) {
        int interfaces = interfaces(view, node).size();
        int held = addressesHeld(view, node).orElse(interfaces);
        return Math.max(0, held - interfaces - podsWithAddress(view, node).size());
    }

    private static List<NetworkInterface> interfaces(View view, Node node) {
        return view.instanceOf(node).stream()
                .flatMap(i -> view.interfacesIn(i.subnet()).stream()
                        .filter(n -> n.instance().filter(i.id()::equals).isPresent()))
                .toList();
    }

    /** The limits of an instance type, where the embedded table has it. */
    public static Optional<InstanceLimits> limits(String instanceType) {
        return InstanceTable.embedded().find(instanceType);
    }
}
