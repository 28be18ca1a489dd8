package io.cnishift.simulator.net;

import io.cnishift.api.port.Question.Protocol;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Packets from one end to another and back, addresses of Services already translated.
 *
 * @param port destination port
 * @param bytes payload; 0 for a mere connection
 * @param via the Service whose address was translated on the node of the sender
 */
public record Flow(End from, End to, Protocol protocol, int port, int bytes, Optional<Via> via) {

    /** A translated Service address, and since when it leads to that endpoint. */
    public record Via(String service, Instant since) {
        public Via {
            Objects.requireNonNull(service, "service");
            Objects.requireNonNull(since, "since");
        }
    }

    public Flow {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(via, "via");
    }

    /** A flow straight to an address. */
    public static Flow direct(End from, End to, Protocol protocol, int port, int bytes) {
        return new Flow(from, to, protocol, port, bytes, Optional.empty());
    }

    /** The transport protocol as security groups name it. */
    public String transport() {
        return protocol == Protocol.HTTP ? "tcp" : protocol.name().toLowerCase(Locale.ROOT);
    }

    /** Whether it leaves a node. */
    public boolean betweenNodes() {
        return !from.sameNode(to);
    }
}
