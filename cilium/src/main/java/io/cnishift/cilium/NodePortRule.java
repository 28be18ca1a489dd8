package io.cnishift.cilium;

import java.util.Objects;

/**
 * Traffic that nodes with Cilium must be able to send each other, in both directions.
 *
 * @param protocol what is sent
 * @param from first destination port, or the ICMP type
 * @param to last destination port, or the ICMP type again
 * @param neededFor what stops working without it
 * @param need whether the migration fails without it
 */
public record NodePortRule(Protocol protocol, int from, int to, String neededFor, Need need) {

    /** Protocols that security groups tell apart. */
    public enum Protocol {
        TCP,
        UDP,
        ICMP,
        /** IP protocol 50; a security group names it by its number. */
        ESP
    }

    /** What closing the port means. */
    public enum Need {
        /** Pods lose connections. */
        REQUIRED,
        /** Cilium works and cannot say how well. */
        RECOMMENDED
    }

    public NodePortRule {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(neededFor, "neededFor");
        Objects.requireNonNull(need, "need");
        if (from < 0 || to < from || to > 65_535) {
            throw new IllegalArgumentException("ports " + from + " to " + to + " are not a range");
        }
    }

    /** For example {@code UDP 8472}; ICMP and ESP have no port. */
    public String display() {
        return switch (protocol) {
            case TCP, UDP -> protocol + " " + (from == to ? from : from + "-" + to);
            case ICMP -> "ICMP type " + from;
            case ESP -> "ESP";
        };
    }
}
