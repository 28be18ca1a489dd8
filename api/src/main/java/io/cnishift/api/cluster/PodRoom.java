package io.cnishift.api.cluster;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.capacity.NodeRoom;
import io.cnishift.api.capacity.SubnetRoom;
import io.cnishift.api.capacity.WarmPoolSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How many pods the nodes of a cluster can run as it is: what kubelets admit and what subnets have addresses for, the lesser
 * of both in each subnet. Pods on the host network count, and those of nodes that the VPC CNI does not serve: they need slots
 * alone.
 *
 * @param running pods on nodes, not finished
 * @param more pods that could run besides
 * @param openSlots pods more that kubelets would admit
 * @param freeAddresses free in the subnets that the nodes take pod addresses from
 * @param warmAddresses on nodes, used by no pod
 */
public record PodRoom(long running, long more, long openSlots, long freeAddresses, long warmAddresses) {

    /** The cluster as it is. */
    public static PodRoom of(View view) {
        return with(view, Map.of(), Map.of());
    }

    /**
     * The cluster with other supplies of addresses, on the nodes there are.
     *
     * @param further addresses by zone that its nodes could take on further interfaces
     * @param given warm addresses by node that go back to their subnet
     */
    public static PodRoom with(View view, Map<String, Integer> further, Map<String, Integer> given) {
        Map<String, List<Served.Place>> bySubnet = new TreeMap<>();
        Served served = new Served(view);
        long running = 0;
        long more = 0;
        long open = 0;
        for (Node node : view.nodes()) {
            int pods = (int)
                    view.podsOn(node.name()).stream().filter(p -> !p.finished()).count();
            int slots = Math.max(0, node.maxPods() - pods);
            running += pods;
            open += slots;
            Optional<Served.Place> place = served.place(node, slots, given.getOrDefault(node.name(), 0));
            place.ifPresent(p ->
                    bySubnet.computeIfAbsent(p.subnet(), s -> new ArrayList<>()).add(p));
            more += place.isEmpty() ? slots : 0;
        }
        Map<String, Integer> left = new HashMap<>(further);
        long free = 0;
        long warm = 0;
        for (Map.Entry<String, List<Served.Place>> entry : bySubnet.entrySet()) {
            Optional<Subnet> subnet = view.subnet(entry.getKey());
            List<NodeRoom> rooms =
                    entry.getValue().stream().map(Served.Place::room).toList();
            int available = subnet.map(Subnet::freeAddresses).orElse(0)
                    + entry.getValue().stream().mapToInt(Served.Place::given).sum();
            String zone = subnet.map(Subnet::availabilityZone).orElse("");
            OptionalInt blocks = subnet.map(Subnet::freePrefixBlocks).orElse(OptionalInt.empty());
            SubnetRoom.Taken taken =
                    SubnetRoom.fill(rooms, new SubnetRoom.Supply(available, blocks, left.getOrDefault(zone, 0)));
            left.merge(zone, -taken.further(), Integer::sum);
            more += taken.pods();
            free += available;
            warm += rooms.stream().mapToLong(NodeRoom::warm).sum();
        }
        return new PodRoom(running, more, open, free, warm);
    }

    /** All pods that can run. */
    public long total() {
        return running + more;
    }

    /** Whether kubelets admit fewer pods than addresses would allow. */
    public boolean limitedBySlots() {
        return more == openSlots;
    }

    /** Nodes whose pods get addresses from the VPC CNI. */
    private static final class Served {

        private final View view;
        private final InstanceTable table = InstanceTable.embedded();
        private final Optional<WarmPoolSettings> settings;
        private final Map<String, List<NetworkInterface>> interfaces = new HashMap<>();

        Served(View view) {
            this.view = view;
            this.settings = VpcCni.of(view).map(cni -> WarmPoolSettings.fromEnv(cni.env()));
            view.all(Part.NETWORK_INTERFACES, NetworkInterface.class)
                    .forEach(i -> i.instance()
                            .ifPresent(id -> interfaces
                                    .computeIfAbsent(id, x -> new ArrayList<>())
                                    .add(i)));
        }

        /** A node in the subnet that its pods' addresses come from, and what it gave back to it. */
        record Place(String subnet, NodeRoom room, int given) {}

        /** Empty for a node whose pods take no address of the VPC. */
        Optional<Place> place(Node node, int open, int given) {
            Optional<Instance> instance = view.instanceOf(node);
            if (instance.isEmpty() || settings.isEmpty() || overlay(node)) {
                return Optional.empty();
            }
            boolean custom = settings.get().customNetworking();
            Instance machine = instance.get();
            List<NetworkInterface> own = interfaces.getOrDefault(machine.id(), List.of()).stream()
                    .filter(i -> !i.type().equals("trunk") && !i.type().equals("branch"))
                    .filter(i -> !custom || !i.addresses().contains(machine.privateAddress()))
                    .toList();
            int ips = own.stream().mapToInt(i -> i.addresses().size() - 1).sum();
            int prefixes = own.stream().mapToInt(i -> i.prefixes().size()).sum();
            int pods = (int) view.podsOn(node.name()).stream()
                    .filter(p -> !p.hostNetwork() && !p.finished())
                    .count();
            Optional<InstanceLimits> limits = table.find(machine.type());
            NodeRoom room = limits.map(l -> NodeRoom.running(
                            settings.get(), l, new NodeRoom.Pods(pods, open), own.size(), ips, prefixes))
                    // Of a type that is not known each free slot may still get an address.
                    .orElseGet(() -> new NodeRoom(open, Math.max(0, ips + 16 * prefixes - pods), open, 0, 0, 1));
            String subnet = custom ? podSubnet(node, machine, own) : machine.subnet();
            return Optional.of(new Place(subnet, room.without(Math.min(given, room.warm())), given));
        }

        /** Cilium has told the node its pod CIDR, and no aws-node runs there. */
        private boolean overlay(Node node) {
            return view.get(Part.CILIUM_NODES, CiliumNode.class, node.name()).isPresent()
                    && view.awsNode()
                            .filter(daemonSet -> view.podsOn(node.name()).stream()
                                    .anyMatch(p -> p.workload()
                                            .filter(daemonSet.key()::equals)
                                            .isPresent()))
                            .isEmpty();
        }

        /** Where custom networking puts further interfaces: where they are, else what the ENIConfig of the zone says. */
        private String podSubnet(Node node, Instance machine, List<NetworkInterface> own) {
            return own.stream()
                    .map(NetworkInterface::subnet)
                    .findFirst()
                    .orElseGet(() -> view.all(Part.ENI_CONFIGS, EniConfig.class).stream()
                            .filter(c ->
                                    c.name().equals(node.zone()) || c.name().equals(machine.availabilityZone()))
                            .map(EniConfig::subnet)
                            .findFirst()
                            .orElse(""));
        }
    }
}
