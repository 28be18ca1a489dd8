package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A network ACL of the VPC. Packets pass it on their way into a subnet and out of it, and so do replies, which it does not know
 * from others; between interfaces of one subnet they do not meet it.
 *
 * @param standard whether it is the default one, which every subnet has that is given no other
 * @param subnets those that have it
 */
public record NetworkAcl(String id, boolean standard, List<String> subnets, List<Rule> rules) implements Resource {

    public NetworkAcl {
        Objects.requireNonNull(id);
        subnets = List.copyOf(subnets);
        rules = rules.stream()
                .sorted(Comparator.comparing(Rule::egress).thenComparingInt(Rule::number))
                .toList();
    }

    @Override
    public Part part() {
        return Part.NETWORK_ACLS;
    }

    @Override
    public String key() {
        return id;
    }

    /**
     * One rule. The one of lowest number that matches decides; where none does, nothing passes.
     *
     * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code -1} for all, or the number of another one
     * @param fromPort first port, or -1 for all
     * @param peer CIDR of the other end
     */
    public record Rule(
            int number, boolean egress, boolean allow, String protocol, int fromPort, int toPort, String peer) {

        public Rule {
            Objects.requireNonNull(protocol);
            Objects.requireNonNull(peer);
        }
    }

    /** Packets of one protocol to a range of ports. */
    public record Traffic(String protocol, int fromPort, int toPort) {

        public Traffic {
            Objects.requireNonNull(protocol);
        }

        @Override
        public String toString() {
            return protocol + "/" + fromPort + (toPort == fromPort ? "" : "-" + toPort);
        }
    }

    /** Whether all of this may come in from every address of a block. */
    public boolean admits(Traffic traffic, Cidr from) {
        return pass(rules.stream().filter(r -> !r.egress()).toList(), traffic, from);
    }

    /** Whether all of this may go out to every address of a block. */
    public boolean letsOut(Traffic traffic, Cidr to) {
        return pass(rules.stream().filter(Rule::egress).toList(), traffic, to);
    }

    private static boolean pass(List<Rule> rules, Traffic traffic, Cidr peer) {
        BitSet undecided = new BitSet();
        undecided.set(traffic.fromPort(), traffic.toPort() + 1);
        for (Rule rule : rules) {
            if (concerns(rule, traffic.protocol(), peer)) {
                BitSet ports = ports(rule, traffic);
                if (!rule.allow() && ports.intersects(undecided)) {
                    return false;
                }
                if (Cidr.parse(rule.peer()).contains(peer)) {
                    undecided.andNot(ports);
                }
            }
        }
        return undecided.isEmpty();
    }

    private static boolean concerns(Rule rule, String protocol, Cidr peer) {
        boolean protocols = rule.protocol().equals("-1") || rule.protocol().equals(protocol);
        // rules for IPv6 stand beside the others
        return protocols
                && rule.peer().contains(":") != peer.ipv4()
                && Cidr.parse(rule.peer()).overlaps(peer);
    }

    private static BitSet ports(Rule rule, Traffic traffic) {
        BitSet ports = new BitSet();
        boolean all = rule.protocol().equals("-1")
                || rule.fromPort() < 0
                || rule.protocol().equals("icmp");
        ports.set(all ? traffic.fromPort() : rule.fromPort(), (all ? traffic.toPort() : rule.toPort()) + 1);
        return ports;
    }
}
