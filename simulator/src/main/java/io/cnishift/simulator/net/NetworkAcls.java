package io.cnishift.simulator.net;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.NetworkAcl.Traffic;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Packets that go from one subnet of the VPC to another pass the network ACLs of both, and so do their replies, which an ACL does not
 * know: they come back to a high port. What is for an overlay pod is in the tunnel between nodes. A VPC of which no ACL was read has none.
 */
public final class NetworkAcls implements Behaviour {

    /** From where Linux takes the ports of clients. */
    private static final int CLIENTS = 32768;

    private static final int LAST = 60999;

    @Override
    public String id() {
        return "network-acls";
    }

    @Override
    public String source() {
        return "VPC user guide: network ACLs, ephemeral ports; domain.md 4.5";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Ends ends = Ends.of(kernel);
        Dataplane dataplane = Dataplane.of(kernel);
        Network.of(kernel)
                .add(flow -> flow.betweenNodes() ? stops(cloud, ends, flow, dataplane.tunnelPort()) : Optional.empty());
    }

    private static Optional<String> stops(Cloud cloud, Ends ends, Flow flow, OptionalInt tunnel) {
        if (cloud.view().all(Part.NETWORK_ACLS, NetworkAcl.class).isEmpty()) {
            return Optional.empty();
        }
        String from = wire(ends, flow.from());
        String to = wire(ends, flow.to());
        Optional<Subnet> source = subnet(cloud, from);
        Optional<Subnet> target = subnet(cloud, to);
        if (source.isEmpty() || target.isEmpty() || source.equals(target)) {
            return Optional.empty();
        }
        boolean tunnelled = flow.to().overlay() && tunnel.isPresent();
        Traffic there = tunnelled
                ? new Traffic("udp", tunnel.getAsInt(), tunnel.getAsInt())
                : new Traffic(flow.transport(), flow.port(), flow.port());
        Traffic back = tunnelled ? there : new Traffic(flow.transport(), CLIENTS, LAST);
        return leaves(cloud, source.get(), to, there)
                .or(() -> enters(cloud, target.get(), from, there))
                .or(() -> leaves(cloud, target.get(), from, back))
                .or(() -> enters(cloud, source.get(), to, back));
    }

    private static Optional<String> leaves(Cloud cloud, Subnet subnet, String to, Traffic traffic) {
        return cloud.view()
                .networkAcl(subnet.id())
                .filter(acl -> !acl.letsOut(traffic, one(to)))
                .map(acl -> "network ACL " + acl.id() + " of subnet " + subnet.id() + " does not let out " + traffic
                        + " to " + to);
    }

    private static Optional<String> enters(Cloud cloud, Subnet subnet, String from, Traffic traffic) {
        return cloud.view()
                .networkAcl(subnet.id())
                .filter(acl -> !acl.admits(traffic, one(from)))
                .map(acl -> "network ACL " + acl.id() + " of subnet " + subnet.id() + " does not admit " + traffic
                        + " from " + from);
    }

    private static Cidr one(String address) {
        return Cidr.parse(address + (address.contains(":") ? "/128" : "/32"));
    }

    private static String wire(Ends ends, End end) {
        return end.overlay() ? end.node().flatMap(ends::host).map(End::address).orElse("") : end.address();
    }

    /** The subnet of which an address is. */
    static Optional<Subnet> subnet(Cloud cloud, String address) {
        return cloud.view().all(Part.SUBNETS, Subnet.class).stream()
                .filter(s -> !address.isEmpty() && s.holds(address))
                .findFirst();
    }
}
