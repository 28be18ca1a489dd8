package io.cnishift.simulator;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What the kubelet asks of the CNI of its node. */
public interface PodNetwork {

    /** Wires a pod that does not use the host's network; a refusal is asked again with back-off. */
    Wiring add(String node, Map<String, Object> pod);

    /** Takes a pod's wiring away; called once per pod that was wired. */
    void remove(String node, Map<String, Object> pod);

    /** Why the network of the node is not ready, or empty when it is. */
    Optional<String> notReadyReason(String node);

    /** The answer to {@link #add}. */
    sealed interface Wiring {

        /** The pod has this address, from that CNI. */
        record Wired(String address, String by) implements Wiring {
            public Wired {
                Objects.requireNonNull(address, "address");
                Objects.requireNonNull(by, "by");
            }
        }

        /** The sandbox could not be made. */
        record Refused(String reason) implements Wiring {
            public Refused {
                Objects.requireNonNull(reason, "reason");
            }
        }

        /** Every case, one function each. */
        default <T> T fold(Function<Wired, T> wired, Function<Refused, T> refused) {
            return this instanceof Wired w ? wired.apply(w) : refused.apply((Refused) this);
        }
    }
}
