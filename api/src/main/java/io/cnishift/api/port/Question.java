package io.cnishift.api.port;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether one end of the network reaches another.
 *
 * @param port destination port; 0 where the destination implies it
 * @param bytes size of the payload; 0 for a mere connection, more to prove the MTU
 * @param onSecond whether it is about the second cluster of a migration that has two
 */
public record Question(Origin from, Destination to, Protocol protocol, int port, int bytes, boolean onSecond) {

    /** Where it is asked from. */
    public record Origin(From kind, String name) {}

    /** What should be reached. */
    public record Destination(To kind, String name) {}

    /** The kinds of origin. */
    public enum From {
        /** The machine that runs cnishift. */
        RUNNER,
        /** A client of a load balancer, outside the cluster. */
        CLIENT,
        /** The EKS control plane. */
        CONTROL_PLANE,
        /** The host network of the named node. */
        NODE,
        /** A pod on the named node, wired by the CNI that wires new pods there. */
        POD_ON,
        /** The named pod, {@code namespace/name}. */
        POD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The kinds of destination. */
    public enum To {
        POD,
        /** An address within the VPC or an overlay, or the name of a load balancer, of whichever cluster. */
        ADDRESS,
        /** A pod on the named node, wired by the CNI that wires new pods there. */
        POD_ON,
        NODE,
        SERVICE,
        /** Host and path behind a load balancer, {@code ingress NAMESPACE/NAME HOST PATH} or {@code service NS/NAME}. */
        URL,
        /** The instance metadata service. */
        IMDS,
        /** The EKS Pod Identity agent, 169.254.170.23. */
        POD_IDENTITY,
        API_SERVER,
        /** A name to be resolved by the cluster's DNS. */
        DNS,
        /** An address outside the VPC. */
        INTERNET;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Transport or application protocol. */
    public enum Protocol {
        TCP,
        UDP,
        ICMP,
        HTTP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Question {
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        Objects.requireNonNull(protocol);
    }

    /** Of the cluster that is migrated. */
    public Question(Origin from, Destination to, Protocol protocol, int port, int bytes) {
        this(from, to, protocol, port, bytes, false);
    }

    /** The same about the second cluster. */
    public Question second() {
        return new Question(from, to, protocol, port, bytes, true);
    }

    /** A mere connection. */
    public static Question of(From from, String fromName, To to, String toName, Protocol protocol, int port) {
        return new Question(new Origin(from, fromName), new Destination(to, toName), protocol, port, 0);
    }

    /** By hand, for answers are looked up by their questions all the time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Question that
                && from.name().equals(that.from.name())
                && to.name().equals(that.to.name())
                && from.kind() == that.from.kind()
                && to.kind() == that.to.kind()
                && protocol == that.protocol
                && port == that.port
                && bytes == that.bytes
                && onSecond == that.onSecond;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * from.name().hashCode() + to.name().hashCode()) + port;
    }

    @Override
    public String toString() {
        return from.kind() + " " + from.name() + " -> " + to.kind() + " " + to.name() + " " + protocol
                + (port == 0 ? "" : "/" + port) + (bytes == 0 ? "" : " " + bytes + " bytes")
                + (onSecond ? " on the second cluster" : "");
    }
}
