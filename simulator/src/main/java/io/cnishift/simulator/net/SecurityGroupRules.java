package io.cnishift.simulator.net;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.simulator.aws.Cloud;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether security groups let something pass. A group that was not read lets everything pass. */
final class SecurityGroupRules {

    private final Cloud cloud;

    SecurityGroupRules(Cloud cloud) {
        this.cloud = Objects.requireNonNull(cloud, "cloud");
    }

    /** Why packets do not pass from one interface to another; empty when they do. Replies pass by themselves. */
    Optional<String> stops(End from, End to, String protocol, int port) {
        return holds(from, to, protocol, port).or(() -> refuses(from, to, protocol, port));
    }

    /** Why packets are not let out by the groups of the one that sends them. */
    Optional<String> holds(End from, End to, String protocol, int port) {
        return passes(from.securityGroups(), to, protocol, port, true)
                ? Optional.empty()
                : Optional.of("security groups " + from.securityGroups() + " of " + from + " do not let out " + protocol
                        + "/" + port);
    }

    /** Why packets are not let in by the groups of the one that gets them. */
    Optional<String> refuses(End from, End to, String protocol, int port) {
        return passes(to.securityGroups(), from, protocol, port, false)
                ? Optional.empty()
                : Optional.of("security groups " + to.securityGroups() + " of " + to + " do not admit " + protocol + "/"
                        + port + " from " + from.securityGroups());
    }

    private boolean passes(List<String> groups, End peer, String protocol, int port, boolean egress) {
        if (groups.isEmpty()) {
            return true;
        }
        for (String id : groups) {
            Optional<SecurityGroup> group = cloud.view().get(Part.SECURITY_GROUPS, SecurityGroup.class, id);
            if (group.isEmpty()) {
                return true;
            }
            List<Rule> rules = egress ? group.get().egress() : group.get().ingress();
            if (rules.stream().anyMatch(r -> covers(r, protocol, port) && names(r.peer(), peer))) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(Rule rule, String protocol, int port) {
        boolean ping = protocol.equals("icmp") && rule.protocol().equals("icmp");
        return ping || rule.covers(protocol, port);
    }

    private static boolean names(String peer, End end) {
        return end.securityGroups().contains(peer) || inBlock(peer, end);
    }

    /** Whether the peer of a rule is a block that holds the address of an end. */
    static boolean inBlock(String peer, End end) {
        if (peer.indexOf('/') < 0) {
            return false;
        }
        boolean ipv6 = end.address().contains(":");
        return peer.equals(ipv6 ? "::/0" : "0.0.0.0/0")
                || (!end.address().isEmpty() && Cidr.parse(peer).contains(end.address()));
    }
}
