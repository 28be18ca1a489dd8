package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A security group with its rules.
 */
public record SecurityGroup(String id, String name, List<Rule> ingress, List<Rule> egress, Map<String, String> tags)
        implements Resource {

    public SecurityGroup {
        Objects.requireNonNull(id);
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
        tags = Map.copyOf(tags);
    }

    @Override
    public Part part() {
        return Part.SECURITY_GROUPS;
    }

    @Override
    public String key() {
        return id;
    }

    /**
     * One rule.
     *
     * @param protocol {@code tcp}, {@code udp}, {@code icmp} or {@code -1} for all
     * @param fromPort first port, ICMP type, or -1 for all
     * @param toPort last port; of ICMP the code, or -1 for all
     * @param peer CIDR, security group id or prefix list id
     */
    public record Rule(String id, String protocol, int fromPort, int toPort, String peer, String description) {

        /** Whether traffic of that protocol and port (of ICMP, type) matches, whoever the peer is. */
        public boolean covers(String otherProtocol, int port) {
            int last = protocol.equals("icmp") ? fromPort : toPort;
            return protocol.equals("-1")
                    || (protocol.equals(otherProtocol) && (fromPort == -1 || (fromPort <= port && port <= last)));
        }
    }
}
