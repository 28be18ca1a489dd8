package io.cnishift.cilium;

import io.cnishift.cilium.NodePortRule.Protocol;
import java.util.Objects;

/**
 * A port that a pod of Cilium opens on its node. Another host-network pod of the same node that listens there cannot start,
 * or keeps Cilium from starting.
 *
 * @param component which pod listens
 * @param protocol TCP or UDP
 * @param port the port
 * @param scope on which addresses
 * @param purpose what it serves
 */
public record HostPort(Component component, Protocol protocol, int port, Scope scope, String purpose) {

    /** Pods of the release that use their node's network. */
    public enum Component {
        /** One on each node with Cilium. */
        AGENT,
        /** One on each node with an agent. */
        ENVOY,
        /** Two, on any two nodes. */
        OPERATOR
    }

    /** Who can reach the port. */
    public enum Scope {
        /** All addresses of the node: clashes with any other listener. */
        NODE,
        /** The loopback address: clashes with a listener there or on all addresses. */
        LOOPBACK
    }

    public HostPort {
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(purpose, "purpose");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }
}
